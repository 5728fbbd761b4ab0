package dev.transom.task.generation.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.transom.api.config.Config;
import dev.transom.api.sampler.SamplingOptions;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class DefaultsTest {

    private static final Map<String, Object> SAMPLES =
        Map.of("do_sample", true, "temperature", 0.7, "top_k", 40L, "repetition_penalty", 1.1, "max_new_tokens", 200L);

    @Test
    void completesTheCallersOptionsFromTheFile() {
        assertEquals(Map.of("temperature", 0.7, "top_k", 40.0, "repetition_penalty", 1.1),
            defaults(SAMPLES).options(SamplingOptions.NONE).values());
        assertEquals(Map.of("temperature", 0.7, "top_k", 5.0, "repetition_penalty", 1.1),
            defaults(SAMPLES).options(SamplingOptions.NONE.with("top_k", 5)).values());
    }

    @Test
    void greedyLeavesSamplingOptionsOut() {
        assertEquals(Map.of("temperature", 0.0, "repetition_penalty", 1.1), defaults(SAMPLES).options(SamplingOptions.GREEDY).values());
    }

    @Test
    void withoutDoSampleTheMostLikelyTokenIsTakenUnlessTheCallerSamples() {
        Map<String, Object> file = Map.of("temperature", 0.7, "top_p", 0.9);
        assertEquals(Map.of("temperature", 0.0), defaults(file).options(SamplingOptions.NONE).values());
        assertEquals(Map.of("temperature", 0.7, "top_p", 0.9, "top_k", 3.0),
            defaults(file).options(SamplingOptions.NONE.with("top_k", 3)).values());
    }

    @Test
    void zeroTokensMeansWhatTheFileSays() {
        assertEquals(200, defaults(SAMPLES).maxTokens(0));
        assertEquals(128, defaults(Map.of()).maxTokens(0));
        assertEquals(7, defaults(SAMPLES).maxTokens(7));
    }

    private static Defaults defaults(Map<String, Object> file) {
        return new Defaults(new Config("generation_config.json", file), new Config("config.json", Map.of()), Set.of());
    }
}
