package dev.transom.app.inspect.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.transom.api.TransomException;
import dev.transom.api.architecture.ModelFacts.Structure;
import dev.transom.graph.Operations;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.io.StringReader;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class SizeCommandTest {

    private final SmallModel decoder = new SmallModel(Structure.CAUSAL, true);

    /** Weights: 40 in BF16 and 16 converted to F32; 64 positions of 32 bytes; 64 tokens of 10. */
    @Test
    void printsATableForPeople() {
        CommandRun run = run(decoder, 10_000, "small");
        assertEquals("""
            model          small: Small: a table and a matrix
            parameters     56
            each token     112 FLOP in matrices, and 16 FLOP for each position it attends to
            loaded for     generation, 1 row of 64 positions, on backend cpu
            weights        144 B                 BF16 80 B, F32 64 B, by the files; 64 B converted while loading, not mapped
            cache          2.05 kB               32 bytes for each of 64 positions
            activations    640 B                 steps of up to 64 tokens
            workspace      7 B                   scratch of the threads
            total          2.84 kB               2,839 bytes
            rule of thumb  288 B to 432 B        1.2 to 5 times the weights
            memory left    10.0 kB               it fits, 7,161 bytes remain
            would fit      1 row of up to 64 positions, or up to 3 rows of 64
            """, run.out());
        assertEquals(0, run.code());
    }

    @Test
    void saysByHowManyBytesItDoesNotFitAndWhatWould() {
        CommandRun run = run(decoder, 2838, "small");
        assertEquals(1, run.code());
        assertTrue(run.out().contains("it does not fit, 1 bytes are wanting\n"), run.out());
        // With 32 of 64 positions 32 of the cache and of the step are saved.
        assertTrue(run.out().contains("would fit      1 row of up to 63 positions, or no row of 64\n"), run.out());
        assertTrue(run(decoder, 100, "small").out().endsWith("would fit      not even one row of one position\n"));
    }

    @Test
    void jsonHoldsTheSameInBytes() {
        JsonObject json = json(run(decoder, 2838, "small", "--json"));
        assertEquals(2839, json.getInt("total"));
        assertEquals(1, json.getInt("shortfall"));
        assertFalse(json.getBoolean("fits"));
        assertEquals("{\"BF16\":80,\"F32\":64}", json.getJsonObject("weights_by_format").toString());
        assertEquals("[288,432]", json.getJsonArray("rule_of_thumb").toString());
    }

    @Test
    void rowsAndContextChangeCacheAndSteps() {
        JsonObject json = json(run(decoder, 1 << 20, "small", "--rows", "16", "--context", "33", "--json"));
        // 33 positions take two blocks of 32; 16 · 33 = 528 tokens are read in steps of 512.
        assertEquals(16 * 64 * 32, json.getInt("cache"));
        assertEquals(512, json.getInt("tokens_per_step"));
    }

    @Test
    void anEncoderReadsWholeRowsInOneStep() {
        JsonObject json = json(run(new SmallModel(Structure.ENCODER, true), 1 << 20, "small", "--rows", "3", "--json"));
        assertEquals(3 * 64, json.getInt("tokens_per_step"));
        assertEquals(0, json.getInt("cache"));
        assertEquals("pooled", json.getString("head"));
    }

    @Test
    void aConfigurationAloneIsCountedInItsOwnType() {
        CommandRun run = run(new SmallModel(Structure.CAUSAL, false), 10_000, "small");
        assertTrue(run.out().contains("weights        112 B                 F16, by config.json\n"
            + "no weights     small: weights are missing.\n"), run.out());
    }

    @Test
    void typesOfTheUserWin() {
        assertEquals(56 * 4, json(run(decoder, 10_000, "small", "--types", "f32", "--json")).getInt("weights"));
    }

    @Test
    void refusesWhatMakesNoSense() {
        assertEquals("option --types: it must be one of [F32, F16, BF16]; got Q9.", refusal("--types", "Q9"));
        assertEquals("option --rows: it must be 1 or more; got 0.", refusal("--rows", "0"));
        assertEquals("option --context: it must be 1 to the model's 64 positions; got 65. Leave it out for the default.",
            refusal("--context", "65"));
        assertEquals("backend tornado: it must be running.", refusal("--backend", "tornado"));
    }

    private String refusal(String... options) {
        String[] arguments = new String[options.length + 1];
        arguments[0] = "small";
        System.arraycopy(options, 0, arguments, 1, options.length);
        return assertThrows(TransomException.class, () -> run(decoder, 10_000, arguments)).getMessage();
    }

    private static JsonObject json(CommandRun run) {
        return Json.createReader(new StringReader(run.out())).readObject();
    }

    private static CommandRun run(SmallModel model, long available, String... arguments) {
        SmallMachine machine = new SmallMachine(available);
        return CommandRun.of(Path.of("."), session -> new SizeCommand(session, model, Operations.core(), machine, machine),
            arguments);
    }
}
