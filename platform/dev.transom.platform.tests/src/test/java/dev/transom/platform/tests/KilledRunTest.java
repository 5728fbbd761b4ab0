package dev.transom.platform.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A batch in a process of its own is killed again and again; in the end every line is answered once, as if nothing had happened. */
@Timeout(value = 10, unit = TimeUnit.MINUTES)
class KilledRunTest {

    private static final int LINES = 150;
    private static final int KILLS = 4;

    @TempDir
    private Path folder;

    @Test
    void eachLineIsAnsweredOnceAndInOrderHoweverOftenTheRunIsKilled() throws Exception {
        StringBuilder input = new StringBuilder();
        for (int line = 0; line < LINES; line++) {
            input.append("hacker number ").append(line).append('\n');
        }
        Files.writeString(folder.resolve("in.txt"), input);
        job("whole");
        job("killed");
        assertEquals(0, start("whole.json").waitFor());
        Random random = new Random(1);
        for (int kill = 0; kill < KILLS; kill++) {
            Process process = start("killed.json", "--resume");
            waitForLines(process, lines("killed.jsonl") + random.nextInt(LINES / KILLS));
            process.destroyForcibly().waitFor();
        }
        assertEquals(0, start("killed.json", "--resume").waitFor());
        assertEquals(LINES, lines("killed.jsonl"));
        assertEquals(Files.readString(folder.resolve("whole.jsonl")), Files.readString(folder.resolve("killed.jsonl")));
    }

    private void job(String name) throws IOException {
        Files.writeString(folder.resolve(name + ".json"), "{\"model\": \"bundle:jargon\", \"input\": \"in.txt\", \"output\": \"" + name
                + ".jsonl\", \"options\": {\"max_tokens\": 6, \"temperature\": 0.8, \"seed\": 3, \"rows\": 8}}");
    }

    private void waitForLines(Process process, int wanted) throws Exception {
        long start = System.nanoTime();
        while (process.isAlive() && lines("killed.jsonl") < wanted) {
            assertTrue(System.nanoTime() - start < TimeUnit.MINUTES.toNanos(3), "it must go on");
            Thread.sleep(2);
        }
    }

    private int lines(String name) throws IOException {
        Path file = folder.resolve(name);
        return Files.exists(file) ? (int) Files.readString(file).chars().filter(letter -> letter == '\n').count() : 0;
    }

    private Process start(String... words) throws IOException {
        List<String> command = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "--add-modules",
                "jdk.incubator.vector", "--enable-native-access=ALL-UNNAMED", "--sun-misc-unsafe-memory-access=allow", "-XX:+UseParallelGC",
                "-Dtransom.bundles=" + Distribution.bundles(), "-cp", System.getProperty("java.class.path"), "dev.transom.launcher.Main", "run"));
        command.addAll(List.of(words));
        return new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true)
                .redirectOutput(folder.resolve("log").toFile()).start();
    }
}
