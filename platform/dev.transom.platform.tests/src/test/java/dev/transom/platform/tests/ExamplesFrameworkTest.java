package dev.transom.platform.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.transom.platform.tests.CommandLineInside.Result;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Each example plugin is installed into the running platform, seen, used, uninstalled, and has then gone. */
class ExamplesFrameworkTest {

    private static CommandLineInside transom;

    @BeforeAll
    static void start() throws Exception {
        transom = new CommandLineInside();
    }

    @AfterAll
    static void stop() throws Exception {
        transom.close();
    }

    @Test
    void aSamplerChangesWhatIsSampledAndItsOptionIsUnknownAgainAfterwards() {
        String name = "dev.transom.example.sampler";
        String[] plain = generate(7);
        String[] smoothed = generate(7, "--sampler", "smoothing_factor=20");
        Result before = transom.run(smoothed);
        assertEquals(2, before.code(), before.out());
        assertTrue(before.err().contains("smoothing_factor"), before.err());

        Result installed = shell("install " + jar(name), "start " + name);
        assertEquals(0, installed.code(), installed.err());
        assertTrue(transom.run("bundles", name).out().contains("sampler: smoothing_factor"), transom.run("bundles", name).out());
        Result with = transom.run(smoothed);
        assertEquals(0, with.code(), with.err());
        assertNotEquals(transom.run(plain).out(), with.out());
        // So large a factor leaves only the most likely token, whatever the seed.
        assertEquals(transom.run(generate(7, "--sampler", "smoothing_factor=1e9")).out(),
            transom.run(generate(8, "--sampler", "smoothing_factor=1e9")).out());

        assertEquals(0, shell("uninstall " + name).code());
        assertFalse(transom.run("bundles").out().contains(name), "it must have gone");
        assertEquals(before, transom.run(smoothed));
    }

    private static String[] generate(int seed, String... more) {
        return Stream.concat(Stream.of("generate", "bundle:jargon", "--prompt", ":hacker: n.", "-n", "16", "--temperature", "1",
            "--seed", "" + seed), Stream.of(more)).toArray(String[]::new);
    }

    private static Result shell(String... lines) {
        return transom.runWithInput(String.join("\n", lines) + "\n", "shell");
    }

    /** What the example's module has built. */
    private static Path jar(String name) {
        return Path.of(System.getProperty("transom.root"), "extensions-examples", name, "target", name + "-1.0.0.jar");
    }
}
