package dev.transom.nn;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.transom.api.TransomException;
import dev.transom.api.config.Config;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Both spellings of RoPE in a configuration, and what is refused. */
class RopeConfigTest {

    @Test
    void nothingMeansTheGivenThetaWithoutScaling() {
        assertEquals(new Rope(4, 10000, "halves", new RopeScaling.None()), read(Map.of()));
    }

    @Test
    void oldAndNewSpellingReadAlike() {
        Map<String, Object> llama3 = Map.of("rope_type", "llama3", "factor", 8.0, "low_freq_factor", 1.0, "high_freq_factor", 4.0,
            "original_max_position_embeddings", 8192L);
        Rope expected = new Rope(4, 500000, "halves", new RopeScaling.Llama3(8, 1, 4, 8192));
        assertEquals(expected, read(Map.of("rope_theta", 500000.0, "rope_scaling", llama3)));
        Map<String, Object> together = new HashMap<>(llama3);
        together.put("rope_theta", 500000.0);
        assertEquals(expected, read(Map.of("rope_parameters", together)));
    }

    @Test
    void theOldestSpellingIsType() {
        assertEquals(new RopeScaling.Linear(4), read(Map.of("rope_scaling", Map.of("type", "linear", "factor", 4L))).scaling());
    }

    @Test
    void dynamicStartsFromTheModelsPositions() {
        assertEquals(new RopeScaling.Dynamic(2, 64), scaling(Map.of("rope_type", "dynamic", "factor", 2.0)));
    }

    @Test
    void yarnHasThePapersDefaults() {
        assertEquals(new RopeScaling.Yarn(4, 16, 32, 1, 0.1 * Math.log(4) + 1, true),
            scaling(Map.of("rope_type", "yarn", "factor", 4.0, "original_max_position_embeddings", 16L)));
    }

    @Test
    void yarnTakesTheAttentionFactorThatIsGiven() {
        assertEquals(new RopeScaling.Yarn(4, 64, 32, 1, 1.5, true),
            scaling(Map.of("rope_type", "yarn", "factor", 4.0, "attention_factor", 1.5)));
        assertEquals(new RopeScaling.Yarn(4, 64, 32, 1, (0.1 * 2 * Math.log(4) + 1) / (0.1 * Math.log(4) + 1), true),
            scaling(Map.of("rope_type", "yarn", "factor", 4.0, "mscale", 2.0, "mscale_all_dim", 1.0)));
    }

    /** √(1 + ln(64/16)/ln 16) = √1.5. */
    @Test
    void longRopeSharpensByTheRatioOfLengths() {
        assertEquals(new RopeScaling.LongRope(List.of(1.0, 2.0), List.of(2.0, 4.0), 16, Math.sqrt(1.5)),
            scaling(Map.of("rope_type", "longrope", "short_factor", List.of(1.0, 2L), "long_factor", List.of(2.0, 4.0),
                "original_max_position_embeddings", 16L)));
    }

    @Test
    void refusesAKindThatIsNotKnown() {
        refused("c.json rope_scaling: rope_type must be default, linear, dynamic, llama3, yarn or longrope; got mrope.",
            Map.of("rope_type", "mrope"));
    }

    @Test
    void refusesScalingWithoutFactor() {
        refused("c.json rope_scaling: factor is required; it is absent. Add it to the file.", Map.of("rope_type", "linear"));
    }

    @Test
    void refusesAFactorThatShortens() {
        refused("c.json rope_scaling: factor must be 1 or more; got 0.5.", Map.of("rope_type", "linear", "factor", 0.5));
    }

    @Test
    void refusesLlama3BoundsOutOfOrder() {
        refused("c.json rope_scaling: high_freq_factor must be above low_freq_factor = 4.0; got 4.0.",
            Map.of("rope_type", "llama3", "factor", 8.0, "low_freq_factor", 4.0, "high_freq_factor", 4.0,
                "original_max_position_embeddings", 8192L));
    }

    @Test
    void refusesDivisorsOfAnotherNumber() {
        refused("c.json rope_scaling: short_factor must be a list of 2 numbers, one for each pair of a head; got 3.",
            Map.of("rope_type", "longrope", "short_factor", List.of(1.0, 2.0, 3.0), "long_factor", List.of(1.0, 2.0)));
    }

    @Test
    void refusesATableByKindOfLayer() {
        Map<String, Object> table = Map.of("full_attention", Map.of("rope_type", "default"));
        assertEquals("c.json rope_parameters: full_attention must be a number: this architecture has one RoPE for all layers; got"
            + " {rope_type=default}.",
            assertThrows(TransomException.class, () -> read(Map.of("rope_parameters", table))).getMessage());
    }

    @Test
    void refusesThetaBelowZeroAndOddHeads() {
        assertEquals("c.json: rope_theta must be positive; got -1.0.",
            assertThrows(TransomException.class, () -> read(Map.of("rope_theta", -1.0))).getMessage());
        assertEquals("c.json: head_dim must be even, because RoPE turns pairs; got 5.", assertThrows(TransomException.class,
            () -> RopeConfig.read(new Config("c.json", Map.of()), 5, 64, 10000)).getMessage());
    }

    private static void refused(String sentence, Map<String, Object> scaling) {
        assertEquals(sentence, assertThrows(TransomException.class, () -> scaling(scaling)).getMessage());
    }

    private static RopeScaling scaling(Map<String, Object> scaling) {
        return read(Map.of("rope_scaling", scaling)).scaling();
    }

    private static Rope read(Map<String, Object> values) {
        return RopeConfig.read(new Config("c.json", values), 4, 64, 10000);
    }
}
