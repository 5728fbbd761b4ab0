package dev.transom.platform.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.transom.platform.tests.CommandLineInside.Result;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.osgi.framework.Bundle;

/** The distribution as a user meets it: all of it starts, and commands answer as promised. */
class CommandsFrameworkTest {

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
    void theFolderHoldsExactlyTheCommittedRunBundles() throws Exception {
        Set<String> names = new TreeSet<>();
        for (var jar : Distribution.jars()) {
            names.add(Distribution.symbolicName(jar));
        }
        assertEquals(Distribution.runBundles(), names);
    }

    @Test
    void everyBundleResolvesAndStarts() {
        List<String> idle = new ArrayList<>();
        for (Bundle bundle : transom.context().getBundles()) {
            if (bundle.getState() != Bundle.ACTIVE) {
                idle.add(bundle.getSymbolicName());
            }
        }
        assertEquals(List.of(), idle);
        assertEquals(" id  bundle  version  state       provides" + System.lineSeparator(),
                transom.run("bundles", "--problems").out());
    }

    @Test
    void helpListsEveryCommandAndEachHelpHasAnExample() {
        String help = transom.run("--help").out();
        for (String name : commandNames()) {
            assertTrue(help.contains("\n  " + name + " "), name + " must be listed");
            Result own = transom.run(name, "--help");
            assertEquals(0, own.code(), name);
            assertTrue(own.out().startsWith("Usage: transom " + name), own.out());
            assertTrue(own.out().contains("Example:"), name + " must show an example");
            assertTrue(own.out().contains("transom " + name), name + " must show a runnable example");
        }
    }

    @Test
    void refusesAnUnknownCommandWithTheNearestName() {
        Result result = transom.run("bundels");
        assertEquals(new Result(2, "", "transom: a command must be one that an installed bundle brings; got 'bundels'."
                + " Did you mean bundles?" + System.lineSeparator()), result);
    }

    @Test
    void refusesAnUnknownOptionWithTheNearestName() {
        Result result = transom.run("bundles", "--jsn");
        assertEquals(new Result(2, "", "bundles: unknown option: '--jsn'. Did you mean --json? See: transom bundles --help."
                + System.lineSeparator()), result);
    }

    @Test
    void bundlesPrintsJson() {
        Result result = transom.run("bundles", "--json", "dev.transom.shell");
        assertEquals(0, result.code());
        assertTrue(result.out().contains("\"name\":\"dev.transom.shell\""), result.out());
        assertTrue(result.out().contains("\"capabilities\":[{\"namespace\":\"dev.transom.application\",\"name\":[\"shell\"]}]"),
                result.out());
    }

    @Test
    void aStoppedBundleIsNamedWhereItsCommandIsMissing() {
        Result result = transom.runWithInput("""
                stop dev.transom.app.embed
                embed
                start dev.transom.app.embed
                embed --help
                exit
                """, "shell");
        assertEquals(0, result.code(), result.err());
        assertTrue(result.err().startsWith("embed: the command must be running; it is not. Bundle dev.transom.app.embed 1.0.0"
                + " brings it, but is stopped. Start it in the shell: start dev.transom.app.embed."), result.err());
        assertTrue(result.out().contains("Usage: transom embed"), result.out());
    }

    @Test
    void theShellEndsWithTheCodeOfItsScript() {
        assertEquals(3, transom.runWithInput("exit 3\n", "shell").code());
        assertEquals(2, transom.runWithInput("bundles --jsn\n", "shell").code());
    }

    @Test
    void theShellRefusesToStopWhatItStandsOn() {
        Result result = transom.runWithInput("stop dev.transom.api\n", "shell");
        assertEquals(new Result(2, "", "stop: the shell cannot stop what it stands on; got dev.transom.api 1.0.0."
                + " Leave the shell and exchange the jar." + System.lineSeparator()), result);
    }

    @Test
    void twoFrameworksRunBesideEachOther() throws Exception {
        try (CommandLineInside second = new CommandLineInside()) {
            assertEquals(0, second.run("--version").code());
            assertEquals(0, transom.run("--version").code());
        }
        assertFalse(transom.run("--version").out().isEmpty());
    }

    private static Set<String> commandNames() {
        Set<String> names = new TreeSet<>();
        for (Bundle bundle : transom.context().getBundles()) {
            var revision = bundle.adapt(org.osgi.framework.wiring.BundleRevision.class);
            for (var capability : revision.getDeclaredCapabilities("dev.transom.application")) {
                Object name = capability.getAttributes().get("name");
                names.addAll(name instanceof List<?> many
                        ? many.stream().map(String::valueOf).toList()
                        : List.of(name.toString()));
            }
        }
        return names;
    }
}
