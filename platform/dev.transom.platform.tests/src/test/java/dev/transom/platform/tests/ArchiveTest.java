package dev.transom.platform.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a user unpacks runs with nothing but a JDK, wherever it lies. */
class ArchiveTest {

    private static final Path TARGET = Path.of(System.getProperty("transom.root"), "platform/dev.transom.distribution/target");

    @TempDir
    private Path folder;

    @Test
    void anUnpackedArchiveAnswersWithoutTheClone() throws Exception {
        Path archive = archive();
        Path place = Files.createDirectory(folder.resolve("a place with spaces"));
        assertEquals(0, run(place, List.of("tar", "xzf", archive.toString())));
        try (var unpacked = Files.list(place)) {
            Path script = unpacked.findFirst().orElseThrow().resolve("bin/transom");
            assertEquals(0, run(place, List.of(script.toString(), "quickstart", "--max-tokens", "5")));
        }
        assertTrue(Files.readString(output(), StandardCharsets.UTF_8).contains("bundle:jargon"), Files.readString(output()));
    }

    /** Made in the phase pre-integration-test, so not by {@code mvn test} alone, and of use only where bash is. */
    private static Path archive() throws IOException {
        assumeTrue(File.separatorChar == '/' && Files.isExecutable(Path.of("/bin/bash")), "needs bash");
        assumeTrue(Files.isDirectory(TARGET), "the distribution was not built");
        try (var files = Files.list(TARGET)) {
            var found = files.filter(file -> file.toString().endsWith(".tar.gz")).findFirst();
            assumeTrue(found.isPresent(), "the archive was not built: mvn verify");
            return found.get();
        }
    }

    private int run(Path directory, List<String> words) throws Exception {
        ProcessBuilder builder = new ProcessBuilder(words).directory(directory.toFile()).redirectErrorStream(true)
                .redirectOutput(output().toFile());
        builder.environment().put("HOME", folder.toString());
        builder.environment().put("TRANSOM_JAVA_HOME", System.getProperty("java.home"));
        builder.environment().keySet().removeIf(name -> name.startsWith("TRANSOM_") && !name.equals("TRANSOM_JAVA_HOME"));
        Process process = builder.start();
        try {
            assertTrue(process.waitFor(5, TimeUnit.MINUTES), "it must end within five minutes");
            return process.exitValue();
        } finally {
            process.destroyForcibly();
        }
    }

    private Path output() {
        return folder.resolve("output");
    }
}
