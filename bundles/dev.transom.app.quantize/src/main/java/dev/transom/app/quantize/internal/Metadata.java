package dev.transom.app.quantize.internal;

import dev.transom.api.TransomException;
import dev.transom.api.architecture.ModelFacts;
import dev.transom.api.config.Config;
import dev.transom.api.format.ModelFiles;
import dev.transom.api.tensor.Format;
import dev.transom.api.tensor.StoredTensor;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Says config.json in the words of a GGUF file. Keys: ggml, {@code docs/gguf.md}. */
final class Metadata {

    private static final Map<String, String> SIZES = Map.of("max_position_embeddings", "context_length", "hidden_size", "embedding_length",
        "num_hidden_layers", "block_count", "intermediate_size", "feed_forward_length", "num_attention_heads", "attention.head_count",
        "num_experts_per_tok", "expert_used_count", "moe_intermediate_size", "expert_feed_forward_length",
        "shared_expert_intermediate_size", "expert_shared_feed_forward_length");
    private static final Map<String, String> REALS = Map.of("rms_norm_eps", "attention.layer_norm_rms_epsilon", "layer_norm_eps",
        "attention.layer_norm_epsilon", "attn_logit_softcapping", "attn_logit_softcapping", "final_logit_softcapping",
        "final_logit_softcapping");

    private final ModelFiles files;
    private final Config config;
    private final ModelFacts facts;
    private final String architecture;
    private final Map<String, Object> values = new LinkedHashMap<>();

    Metadata(ModelFiles files, ModelFacts facts) {
        this.files = files;
        this.config = files.config();
        this.facts = facts;
        this.architecture = architecture(facts.modelType());
    }

    /** llama.cpp's name of a family; a Mistral is a Llama there, and so is a Mixtral, which has experts. */
    private static String architecture(String modelType) {
        return switch (modelType) {
            case "mistral", "mixtral" -> "llama";
            case "gemma3_text" -> "gemma3";
            case "gpt_neox" -> "gptneox";
            case "qwen2_moe" -> "qwen2moe";
            default -> modelType;
        };
    }

    Map<String, Object> values() {
        values.put("general.architecture", architecture);
        values.put("general.type", "model");
        Path folder = Path.of(files.where()).getFileName();
        values.put("general.name", folder == null ? files.where() : folder.toString());
        SIZES.forEach((from, to) -> config.integer(from).ifPresent(size -> put(to, size)));
        REALS.forEach((from, to) -> {
            if (config.has(from)) {
                put(to, config.real(from, 0));
            }
        });
        long heads = config.integer("num_attention_heads").orElseThrow(() -> config.missing("num_attention_heads"));
        put("attention.head_count_kv", config.integer("num_key_value_heads").orElse(heads));
        long headDim = config.integer("head_dim").orElse(facts.hidden() / heads);
        put("attention.key_length", headDim);
        put("attention.value_length", headDim);
        put("rope.dimension_count", (long) (headDim * config.real("partial_rotary_factor", 1)));
        Config rope = rope();
        put("rope.freq_base", rope.real("rope_theta", config.real("rope_theta", 10_000)));
        scaling(rope);
        config.integer("sliding_window").filter(_ -> config.flag("use_sliding_window", true))
            .ifPresent(window -> put("attention.sliding_window", window));
        config.integer(config.has("num_experts") ? "num_experts" : "num_local_experts").ifPresent(experts -> put("expert_count", experts));
        put("vocab_size", (long) facts.vocabulary());
        new VocabularyWords(files, facts.vocabulary()).putInto(values);
        return values;
    }

    private Config rope() {
        return config.object("rope_parameters").or(() -> config.object("rope_scaling"))
            .orElseGet(() -> new Config(config.where(), Map.of()));
    }

    private static String kind(Config rope) {
        return rope.text("rope_type").or(() -> rope.text("type")).orElse("default");
    }

    private void scaling(Config rope) {
        switch (kind(rope)) {
            case "default", "llama3" -> {
                // Nothing, or a tensor of divisors.
            }
            case "linear", "yarn" -> {
                put("rope.scaling.type", kind(rope));
                put("rope.scaling.factor", rope.real("factor", 1));
                rope.integer("original_max_position_embeddings").ifPresent(size -> put("rope.scaling.original_context_length", size));
            }
            default -> throw new TransomException(config.where() + ": rope_type " + kind(rope)
                + " must have a place in a GGUF file; it has none. This model cannot be written as GGUF.");
        }
    }

    /** Llama 3's scaling, which a GGUF file holds as what each frequency is divided by. */
    Optional<Source.Tensor> divisors() {
        Config rope = rope();
        if (!kind(rope).equals("llama3")) {
            return Optional.empty();
        }
        long heads = config.integer("num_attention_heads").orElseThrow(() -> config.missing("num_attention_heads"));
        int half = (int) (config.integer("head_dim").orElse(facts.hidden() / heads) / 2);
        double base = rope.real("rope_theta", config.real("rope_theta", 10_000));
        double factor = rope.real("factor", 8);
        double low = rope.real("low_freq_factor", 1);
        double high = rope.real("high_freq_factor", 4);
        double old = rope.real("original_max_position_embeddings", 8192);
        float[] divisors = new float[half];
        for (int i = 0; i < half; i++) {
            double turns = old / (2 * Math.PI * Math.pow(base, (double) i / half));
            double smooth = Math.clamp((turns - low) / (high - low), 0, 1);
            divisors[i] = (float) (1 / ((1 - smooth) / factor + smooth));
        }
        MemorySegment data = Arena.ofAuto().allocate(4L * half, 4);
        MemorySegment.copy(divisors, 0, data, ValueLayout.JAVA_FLOAT, 0, half);
        StoredTensor tensor = new StoredTensor("rope_freqs.weight", Format.F32, List.of((long) half), data);
        return Optional.of(new Source.Tensor(tensor.name(), tensor.shape(), () -> tensor));
    }

    private void put(String key, Object value) {
        values.put(architecture + "." + key, value);
    }
}
