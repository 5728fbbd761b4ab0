package dev.transom.architecture.gpt.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.transom.api.config.Config;
import dev.transom.conformance.architecture.ArchitectureKit;
import dev.transom.graph.Operations;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Rows alone as rows together, caches as one pass, gradients as differences, refusals in sentences. */
class GptConformanceTest {

    private static final Map<String, Object> SMALL = Map.of("model_type", "gpt2", "architectures", List.of("GPT2LMHeadModel"),
        "vocab_size", 23L, "n_positions", 20L, "n_embd", 16L, "n_layer", 2L, "n_head", 4L);

    private static final Map<String, Config> CONFIGS = new TreeMap<>(Map.of(
        "GPT-2", config(Map.of()),
        "GPT-2 untied, scaled by layer", config(Map.of("tie_word_embeddings", false, "scale_attn_by_inverse_layer_idx", true)),
        "GPT-2 that classifies", config(Map.of("architectures", List.of("GPT2ForSequenceClassification"), "num_labels", 3L))));

    @TestFactory
    Stream<DynamicTest> keepsTheContractOfAnArchitecture() {
        return CONFIGS.entrySet().stream().flatMap(each ->
            new ArchitectureKit(new GptArchitecture(), each.getValue(), Operations.core()).checks().stream().map(check ->
                dynamicTest(each.getKey() + ": " + check.name(), () -> assertEquals(List.of(), check.broken()))));
    }

    private static Config config(Map<String, Object> changes) {
        Map<String, Object> members = new HashMap<>(SMALL);
        members.putAll(changes);
        return new Config("config.json", members);
    }
}
