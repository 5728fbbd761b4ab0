package dev.transom.task.generation.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.transom.api.config.Config;
import dev.transom.api.sampler.SamplingOptions;
import dev.transom.api.sampler.SamplingOptions.Phrase;
import java.util.List;
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

    @Test
    void tokensOfTheFileBecomePhrases() {
        SamplingOptions options = defaults(Map.of("bad_words_ids", List.of(List.of(3L), List.of(4L, 5L)), "suppress_tokens", List.of(7L),
            "forced_eos_token_id", 2L, "no_repeat_ngram_size", 3L)).options(SamplingOptions.NONE);
        assertEquals(List.of(Phrase.of(3), Phrase.of(4, 5)), options.phrases("bad_words"));
        assertEquals(List.of(Phrase.of(7)), options.phrases("suppress_tokens"));
        assertEquals(Map.of("temperature", 0.0, "forced_eos_token_id", 2.0, "no_repeat_ngram_size", 3.0), options.values());
    }

    @Test
    void anOrderOfTheCallersLetsTheFileCompleteOnlyItsSteps() {
        assertEquals(Map.of("temperature", 0.7, "top_k", 40.0), defaults(SAMPLES).options(SamplingOptions.NONE
            .inOrder(List.of("top_k", "temperature"))).values());
    }
}
