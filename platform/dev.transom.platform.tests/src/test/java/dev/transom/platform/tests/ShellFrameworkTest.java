package dev.transom.platform.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.transom.platform.tests.CommandLineInside.Result;
import dev.transom.platform.tests.inside.Repackaged;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The shell controls bundles while the platform runs. */
class ShellFrameworkTest {

    private static final String GPT = "dev.transom.architecture.gpt";

    private static CommandLineInside transom;

    @BeforeAll
    static void start() throws Exception {
        transom = new CommandLineInside();
    }

    @AfterAll
    static void stop() throws Exception {
        transom.close();
    }

    private static Result shell(String... lines) {
        return transom.runWithInput(String.join("\n", lines) + "\n", "shell");
    }

    @Test
    void aStoppedArchitectureIsNamedAndWorksAgainOnceStarted(@TempDir Path folder) throws Exception {
        Files.writeString(folder.resolve("config.json"), "{\"model_type\": \"bert\"}");
        Files.writeString(folder.resolve("model.safetensors"), "");
        String missing = "an architecture for model_type bert is required (capability dev.transom.architecture; model_type=bert)."
            + " Bundle dev.transom.architecture.encoder 1.0.0 brings it, but is stopped."
            + " Start it in the shell: start dev.transom.architecture.encoder.";
        Result stopped = shell("stop encoder", "embed " + folder + " text");
        assertEquals(2, stopped.code());
        assertEquals("Stopped dev.transom.architecture.encoder 1.0.0.\n", stopped.out());
        assertEquals(folder + ": " + missing + "\n", stopped.err());
        Result started = shell("start encoder", "embed " + folder + " text");
        assertEquals("Started dev.transom.architecture.encoder 1.0.0.\n", started.out());
        assertTrue(started.err().contains("config.json"), "the architecture must read it now: " + started.err());
    }

    @Test
    void aHigherVersionIsSwappedIn(@TempDir Path folder) throws Exception {
        Path jar = folder.resolve("gpt-1.0.1.jar");
        Files.write(jar, Repackaged.withVersion(Distribution.jar(GPT).toUri(), "1.0.1"));
        Result result = shell("swap gpt " + jar, "quickstart -n 1", "swap gpt " + jar);
        List<String> lines = result.out().lines().toList();
        assertEquals("Started " + GPT + " 1.0.1 beside " + GPT + " 1.0.0; it takes what comes from now on.", lines.get(0));
        assertEquals("Uninstalled " + GPT + " 1.0.0, which nobody used any more.", lines.get(1));
        assertTrue(result.out().contains("architecture " + GPT + " 1.0.1"), result.out());
        assertEquals(2, result.code());
        assertTrue(result.err().startsWith("swap: " + jar + " must be a bundle that can start; "), result.err());
    }

    @Test
    void whyNamesTheStateAndTheCause() {
        Result result = shell("stop app.embed", "why app.embed tokenizers", "start app.embed");
        assertEquals("", result.err());
        assertTrue(result.out().contains("dev.transom.app.embed 1.0.0 is stopped.\ndev.transom.tokenizers 1.0.0 is active.\n"),
            result.out());
    }

    @Test
    void anAmbiguousNameIsRefused(@TempDir Path folder) throws Exception {
        Path jar = folder.resolve("bench.jar");
        Files.write(jar, Repackaged.withVersion(Distribution.jar("dev.transom.app.bench").toUri(), "1.0.1"));
        Result result = shell("install " + jar, "stop app.bench", "uninstall app.bench:1.0.1");
        assertEquals("stop: one bundle must be meant; 'app.bench' is dev.transom.app.bench 1.0.0 and dev.transom.app.bench 1.0.1."
            + " Say which, for example: stop dev.transom.app.bench:1.0.0.\n", result.err());
        assertTrue(result.out().endsWith("Uninstalled dev.transom.app.bench 1.0.1.\n"), result.out());
    }

    @Test
    void anUnknownNameIsRefused() {
        assertEquals("stop: the bundle must be installed; there is no 'encodr'. See the names: bundles.\n",
            shell("stop encodr").err());
    }

    @Test
    void aMissingJarIsRefused() {
        assertEquals("install: the jar must exist; there is no file " + Path.of("nothing.jar").toAbsolutePath()
            + ". Check the path.\n", shell("install nothing.jar").err());
    }

    @Test
    void lbListsTheBundles() {
        assertTrue(shell("lb dev.transom.shell").out().contains("dev.transom.shell"), "lb must list");
    }
}
