package dev.transom.architecture.moe.internal;

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
class MoeConformanceTest {

    private static final Map<String, Object> SMALL = Map.of("vocab_size", 23L, "hidden_size", 16L, "intermediate_size", 12L,
        "num_hidden_layers", 2L, "num_attention_heads", 4L, "max_position_embeddings", 20L, "rms_norm_eps", 1e-5,
        "num_experts_per_tok", 2L);

    private static final Map<String, Config> CONFIGS = new TreeMap<>(Map.of(
        "Mixtral", config(Map.of("model_type", "mixtral", "num_local_experts", 4L, "num_key_value_heads", 2L)),
        "Mixtral with a window, balanced", config(Map.of("model_type", "mixtral", "num_local_experts", 3L, "sliding_window", 3L,
            "output_router_logits", true, "router_aux_loss_coef", 0.5)),
        "Qwen 2 MoE", config(Map.of("model_type", "qwen2_moe", "num_experts", 5L, "moe_intermediate_size", 6L,
            "shared_expert_intermediate_size", 10L, "norm_topk_prob", true)),
        "Qwen 2 MoE with a layer for all", config(Map.of("model_type", "qwen2_moe", "num_experts", 4L, "moe_intermediate_size",
            6L, "shared_expert_intermediate_size", 10L, "mlp_only_layers", List.of(0L)))));

    @TestFactory
    Stream<DynamicTest> keepsTheContractOfAnArchitecture() {
        return CONFIGS.entrySet().stream().flatMap(each ->
            new ArchitectureKit(new MoeArchitecture(), each.getValue(), Operations.core()).checks().stream().map(check ->
                dynamicTest(each.getKey() + ": " + check.name(), () -> assertEquals(List.of(), check.broken()))));
    }

    private static Config config(Map<String, Object> changes) {
        Map<String, Object> members = new HashMap<>(SMALL);
        members.putAll(changes);
        return new Config("config.json", members);
    }
}
