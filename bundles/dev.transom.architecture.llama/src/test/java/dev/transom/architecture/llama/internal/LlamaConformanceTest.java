package dev.transom.architecture.llama.internal;

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
class LlamaConformanceTest {

    private static final Map<String, Object> SMALL = Map.of("model_type", "llama", "architectures", List.of("LlamaForCausalLM"),
        "vocab_size", 23L, "hidden_size", 16L, "intermediate_size", 24L, "num_hidden_layers", 2L, "num_attention_heads", 4L,
        "max_position_embeddings", 20L, "rms_norm_eps", 1e-5);

    private static final Map<String, Config> CONFIGS = new TreeMap<>(Map.of(
        "Llama", config(Map.of()),
        "Llama tied, with grouped heads and biases", config(Map.of("tie_word_embeddings", true, "num_key_value_heads", 2L,
            "attention_bias", true, "mlp_bias", true)),
        "Llama with yarn", config(Map.of("rope_scaling", Map.of("rope_type", "yarn", "factor", 4.0))),
        "Mistral", config(Map.of("model_type", "mistral", "architectures", List.of(), "sliding_window", 3L)),
        "Qwen 3", config(Map.of("model_type", "qwen3", "architectures", List.of(), "head_dim", 6L)),
        "Gemma 2", config(Map.of("model_type", "gemma2", "architectures", List.of(), "head_dim", 6L, "sliding_window", 3L,
            "attn_logit_softcapping", 2.0, "final_logit_softcapping", 3.0)),
        "Gemma 3", config(Map.of("model_type", "gemma3_text", "architectures", List.of(), "head_dim", 6L, "sliding_window", 3L,
            "sliding_window_pattern", 2L)),
        "Phi-3", config(Map.of("model_type", "phi3", "architectures", List.of(), "partial_rotary_factor", 0.5)),
        "Llama that classifies", config(Map.of("architectures", List.of("LlamaForSequenceClassification")))));

    @TestFactory
    Stream<DynamicTest> keepsTheContractOfAnArchitecture() {
        return CONFIGS.entrySet().stream().flatMap(each ->
            new ArchitectureKit(new LlamaArchitecture(), each.getValue(), Operations.core()).checks().stream().map(check ->
                dynamicTest(each.getKey() + ": " + check.name(), () -> assertEquals(List.of(), check.broken()))));
    }

    private static Config config(Map<String, Object> changes) {
        Map<String, Object> members = new HashMap<>(SMALL);
        members.putAll(changes);
        return new Config("config.json", members);
    }
}
