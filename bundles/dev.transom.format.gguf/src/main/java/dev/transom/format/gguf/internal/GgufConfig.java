package dev.transom.format.gguf.internal;

import dev.transom.api.config.Config;
import dev.transom.api.tensor.StoredTensor;
import dev.transom.blocks.Blocks;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Says a file's metadata in the words of config.json, which architectures read, and keeps them under their own names beside. Sources:
 * ggml, {@code docs/gguf.md}; llama.cpp, {@code src/llama-model.cpp}, for what a family has by convention and no key says.
 */
final class GgufConfig {

    /** Metadata of every architecture, behind its name, and what config.json calls it. */
    private static final List<Map.Entry<String, String>> KEYS = List.of(
        Map.entry("context_length", "max_position_embeddings"),
        Map.entry("embedding_length", "hidden_size"),
        Map.entry("block_count", "num_hidden_layers"),
        Map.entry("feed_forward_length", "intermediate_size"),
        Map.entry("attention.head_count", "num_attention_heads"),
        Map.entry("attention.head_count_kv", "num_key_value_heads"),
        Map.entry("attention.key_length", "head_dim"),
        Map.entry("attention.layer_norm_rms_epsilon", "rms_norm_eps"),
        Map.entry("attention.layer_norm_epsilon", "layer_norm_eps"),
        Map.entry("attention.sliding_window", "sliding_window"),
        Map.entry("attention.max_alibi_bias", "alibi_bias_max"),
        Map.entry("attention.clamp_kqv", "clip_qkv"),
        Map.entry("rope.freq_base", "rope_theta"),
        Map.entry("attn_logit_softcapping", "attn_logit_softcapping"),
        Map.entry("final_logit_softcapping", "final_logit_softcapping"),
        Map.entry("use_parallel_residual", "use_parallel_residual"),
        Map.entry("expert_used_count", "num_experts_per_tok"),
        Map.entry("expert_feed_forward_length", "moe_intermediate_size"),
        Map.entry("expert_shared_feed_forward_length", "shared_expert_intermediate_size"),
        Map.entry("expert_weights_scale", "routed_scaling_factor"),
        Map.entry("expert_weights_norm", "norm_topk_prob"));
    /** The same in the spelling of families that came before it settled. */
    private static final Map<String, Map<String, String>> OLD_KEYS = Map.of(
        "gpt2", Map.of("context_length", "n_positions", "embedding_length", "n_embd", "block_count", "n_layer",
            "attention.head_count", "n_head", "feed_forward_length", "n_inner", "attention.layer_norm_epsilon", "layer_norm_epsilon"),
        "bloom", Map.of("block_count", "n_layer", "attention.head_count", "n_head", "attention.layer_norm_epsilon",
            "layer_norm_epsilon"),
        "mpt", Map.of("context_length", "max_seq_len", "embedding_length", "d_model", "block_count", "n_layers",
            "attention.head_count", "n_heads"));

    private final String where;
    private final String architecture;
    private final Map<String, Object> metadata;
    private final Parts tensors;
    private final Map<String, Object> config = new LinkedHashMap<>();

    private GgufConfig(String where, String architecture, Map<String, Object> metadata, Parts tensors) {
        this.where = where;
        this.architecture = architecture;
        this.metadata = metadata;
        this.tensors = tensors;
    }

    static Config of(String where, Parts tensors) {
        Map<String, Object> metadata = tensors.first().metadata();
        Config raw = new Config(where, metadata);
        String architecture = raw.text("general.architecture").orElseThrow(() -> raw.missing("general.architecture"));
        return new GgufConfig(where, architecture, metadata, tensors).read();
    }

    private Config read() {
        config.put("model_type", modelType());
        KEYS.forEach(key -> put(key.getKey(), key.getValue()));
        OLD_KEYS.getOrDefault(architecture, Map.of()).forEach(this::put);
        if (own("vocab_size") == null && metadata.get("tokenizer.ggml.tokens") instanceof List<?> tokens) {
            config.put("vocab_size", (long) tokens.size());
        } else {
            put("vocab_size", "vocab_size");
        }
        config.put(architecture.equals("qwen2moe") ? "num_experts" : "num_local_experts", own("expert_count"));
        config.put("tie_word_embeddings", tensors.find("output.weight").isEmpty());
        config.put("attention_bias", tensors.find("blk.0.attn_q.bias").isPresent());
        rotation();
        conventions();
        config.putAll(metadata);
        return new Config(where, config);
    }

    private String modelType() {
        return switch (architecture) {
            case "gemma3" -> "gemma3_text";
            case "gptneox" -> "gpt_neox";
            case "qwen2moe" -> "qwen2_moe";
            case "llama" -> own("expert_count") instanceof Long experts && experts > 0 ? "mixtral" : "llama";
            default -> architecture;
        };
    }

    private Object own(String key) {
        return metadata.get(architecture + "." + key);
    }

    /** A value for each layer counts as one where all are alike. */
    private void put(String key, String name) {
        Object value = own(key);
        if (value instanceof List<?> list && !list.isEmpty()) {
            Set<Object> different = new HashSet<>(list);
            value = different.size() == 1 ? list.getFirst() : List.copyOf(list);
        }
        config.put(name, value instanceof Double real ? plain(real) : value);
    }

    /** A float32 as the shortest decimal that means it: 1e-6 rather than 9.999999974752427e-7. */
    private static Object plain(double value) {
        return (float) value == value ? Double.parseDouble(Float.toString((float) value)) : value;
    }

    private long size(String name) {
        return config.get(name) instanceof Long size ? size : 0;
    }

    private void rotation() {
        long heads = size("num_attention_heads");
        long headDim = size("head_dim") > 0 ? size("head_dim") : heads > 0 ? size("hidden_size") / heads : 0;
        if (own("rope.dimension_count") instanceof Long turned && headDim > 0 && turned > 0 && turned != headDim) {
            config.put(architecture.equals("gptneox") ? "rotary_pct" : "partial_rotary_factor", (double) turned / headDim);
        }
        Map<String, Object> scaling = new LinkedHashMap<>();
        String type = own("rope.scaling.type") instanceof String given ? given
            : own("rope.scale_linear") != null ? "linear" : "none";
        if (tensors.find("rope_freqs.weight").isPresent()) {
            scaling.put("rope_type", "divisors");
            scaling.put("divisors", values("rope_freqs.weight"));
        } else if (tensors.find("rope_factors_long.weight").isPresent()) {
            scaling.put("rope_type", "longrope");
            scaling.put("long_factor", values("rope_factors_long.weight"));
            scaling.put("short_factor", values("rope_factors_short.weight"));
            scaling.put("attention_factor", own("rope.scaling.attn_factor"));
        } else if (!type.equals("none")) {
            scaling.put("rope_type", type);
            Object factor = own("rope.scaling.factor");
            scaling.put("factor", factor == null ? own("rope.scale_linear") : factor);
        }
        if (!scaling.isEmpty()) {
            scaling.put("original_max_position_embeddings", own("rope.scaling.original_context_length"));
            scaling.values().removeIf(java.util.Objects::isNull);
            config.put("rope_scaling", scaling);
            config.put("original_max_position_embeddings", own("rope.scaling.original_context_length"));
        }
    }

    private List<Double> values(String tensor) {
        StoredTensor stored = tensors.find(tensor).orElseThrow(() -> Cursor.refused(where, "tensor " + tensor
            + " is required beside rope_factors_long.weight", "it is absent"));
        List<Double> values = new ArrayList<>();
        for (float value : Blocks.decode(stored)) {
            values.add((double) value);
        }
        return values;
    }

    /** What llama.cpp knows of a family and the file does not say. */
    private void conventions() {
        switch (architecture) {
            case "gemma", "gemma2", "gemma3" -> {
                config.put("hidden_act", "gelu_pytorch_tanh");
                config.put("hidden_activation", "gelu_pytorch_tanh");
                config.putIfAbsent("head_dim", 256L);
                // The largest of each generation scales by the width of a head that it does not have.
                boolean largest = size("num_hidden_layers") == (architecture.equals("gemma2") ? 46 : 62);
                config.put("query_pre_attn_scalar", largest && size("num_attention_heads") > 0
                    ? size("hidden_size") / size("num_attention_heads") : size("head_dim"));
                if (architecture.equals("gemma3")) {
                    config.put("rope_local_base_freq", 10_000L);
                    config.put("sliding_window_pattern", 6L);
                }
            }
            case "qwen2moe" -> {
                config.putIfAbsent("norm_topk_prob", false);
                config.put("decoder_sparse_step", 1L);
            }
            default -> {
                // Everything is in the file.
            }
        }
    }
}
