package dev.transom.app.run.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.transom.api.TransomException;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OutputFileTest {

    @TempDir
    private Path folder;

    @Test
    void goesOnAfterTheLastCompleteLineWhereverItWasCut() throws Exception {
        Path file = folder.resolve("a.jsonl");
        StringBuilder whole = new StringBuilder();
        for (int line = 1; line <= 9; line++) {
            whole.append(answer(line)).append('\n');
        }
        Random random = new Random(1);
        for (int round = 0; round < 200; round++) {
            Files.writeString(file, whole.substring(0, random.nextInt(whole.length() + 1)));
            try (OutputFile output = OutputFile.open(file)) {
                while (output.lines() < 9) {
                    output.append(answer(output.lines() + 1));
                }
                assertEquals(3, output.failures());
            }
            assertEquals(whole.toString(), Files.readString(file));
        }
    }

    /** Every third line reports a failure. */
    private static JsonObject answer(long line) {
        return line % 3 == 0 ? Answers.failed(line, null, "é") : Json.createObjectBuilder().add("line", line).add("text", "ü\n").build();
    }

    @Test
    void cutsOffWhatALostDiskLeft() throws Exception {
        Path file = folder.resolve("a.jsonl");
        Files.writeString(file, answer(1) + "\n\0\0\0\n\0\0");
        try (OutputFile output = OutputFile.open(file)) {
            assertEquals(1, output.lines());
        }
        assertEquals(answer(1) + "\n", Files.readString(file));
    }

    @Test
    void refusesAnOutputThatWasEdited() throws Exception {
        Path file = folder.resolve("a.jsonl");
        Files.writeString(file, answer(1) + "\n" + answer(3) + "\n");
        assertEquals(file + ": answers must follow each other without a gap; after line 1 comes something else. It was edited: begin anew "
            + "with --overwrite.", assertThrows(TransomException.class, () -> OutputFile.open(file)).getMessage());
        assertEquals(answer(1) + "\n" + answer(3) + "\n", Files.readString(file), "nothing is cut from what is not understood");
    }

    @Test
    void oneRunAtATimeHoldsIt() {
        Path file = folder.resolve("a.jsonl");
        try (OutputFile held = OutputFile.open(file)) {
            assertEquals(0, held.lines());
            assertEquals(file + ": one run at a time may write an output; another does. Wait for it, or name another output.",
                assertThrows(TransomException.class, () -> OutputFile.open(file)).getMessage());
        }
        OutputFile.open(file).close();
    }
}
