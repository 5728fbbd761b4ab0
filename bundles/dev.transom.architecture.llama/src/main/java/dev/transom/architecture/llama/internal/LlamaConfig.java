package dev.transom.architecture.llama.internal;

import dev.transom.api.config.Config;
import dev.transom.nn.Activation;
import dev.transom.nn.Attention;
import dev.transom.nn.Rope;
import dev.transom.nn.RopeConfig;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * config.json of Llama and its relatives.
 *
 * @param family      model_type
 * @param vocabulary  vocab_size
 * @param positions   max_position_embeddings
 * @param hidden      hidden_size
 * @param layers      num_hidden_layers
 * @param heads       num_attention_heads
 * @param kvHeads     num_key_value_heads, or as many as heads
 * @param headDim     head_dim, or hidden_size / num_attention_heads
 * @param inner       intermediate_size
 * @param activation  the operation for hidden_act or hidden_activation
 * @param epsilon     rms_norm_eps
 * @param rope        rope_theta with rope_scaling, or rope_parameters
 * @param localRope   rope_local_base_freq: the RoPE of layers with a window, where it is another
 * @param windows     for each layer the keys that a query sees, 0 for all
 * @param bias        attention_bias, or what the family has
 * @param mlpBias     mlp_bias
 * @param tied        tie_word_embeddings: the head is the embedding
 * @param scale       factor of scores: 1/sqrt of the head's width or of query_pre_attn_scalar
 * @param softcap     attn_logit_softcapping, or 0
 * @param finalCap    final_logit_softcapping, or 0
 * @param dropout     resid_pdrop
 */
record LlamaConfig(Family family, int vocabulary, int positions, int hidden, int layers, int heads, int kvHeads, int headDim,
        int inner, String activation, double epsilon, Rope rope, Optional<Rope> localRope, List<Integer> windows,
        Attention.Bias bias, boolean mlpBias, boolean tied, double scale, double softcap, double finalCap, double dropout) {

    static LlamaConfig read(Config config) {
        Family family = Family.of(config.text("model_type", "llama"));
        int hidden = config.size("hidden_size");
        int heads = config.size("num_attention_heads");
        int kvHeads = config.has("num_key_value_heads") ? config.size("num_key_value_heads") : heads;
        if (heads % kvHeads != 0) {
            throw config.wrong("num_key_value_heads", "a divisor of num_attention_heads = " + heads, kvHeads);
        }
        double epsilon = config.real("rms_norm_eps", family == Family.PHI3 ? 1e-5 : 1e-6);
        if (!(epsilon > 0)) {
            throw config.wrong("rms_norm_eps", "positive", epsilon);
        }
        if (config.flag("use_bidirectional_attention", false)) {
            throw config.wrong("use_bidirectional_attention", "false: this architecture is a decoder", true);
        }
        int headDim = headDim(config, family, hidden, heads);
        int positions = config.size("max_position_embeddings");
        int layers = config.size("num_hidden_layers");
        return new LlamaConfig(family, config.size("vocab_size"), positions, hidden, layers, heads, kvHeads, headDim,
            config.size("intermediate_size"), Activation.operation(activation(config, family)), epsilon,
            rope(config, family, headDim, positions), localRope(config, family, headDim, positions),
            LayerWindows.read(config, family, layers), bias(config, family),
            family == Family.LLAMA && config.flag("mlp_bias", false),
            config.flag("tie_word_embeddings", family.isGemma()), scale(config, family, headDim),
            family == Family.GEMMA2 ? cap(config, "attn_logit_softcapping") : 0,
            family.normsResults() ? cap(config, "final_logit_softcapping") : 0, dropout(config, family));
    }

    private static int headDim(Config config, Family family, int hidden, int heads) {
        if (config.has("head_dim")) {
            return config.size("head_dim");
        }
        if (family == Family.QWEN3) {
            return 128;
        }
        if (family.isGemma()) {
            return 256;
        }
        if (hidden % heads != 0) {
            throw config.wrong("num_attention_heads", "a divisor of hidden_size = " + hidden + " where head_dim is absent",
                heads);
        }
        return hidden / heads;
    }

    private static String activation(Config config, Family family) {
        return family.isGemma()
            ? config.text("hidden_activation", config.text("hidden_act", "gelu_pytorch_tanh"))
            : config.text("hidden_act", "silu");
    }

    private static Rope rope(Config config, Family family, int headDim, int positions) {
        int dim = RopeConfig.turned(config, headDim, 1);
        if (family != Family.PHI3 && dim != headDim) {
            throw config.wrong("partial_rotary_factor", "1: " + family.title() + " turns whole heads", (double) dim / headDim);
        }
        return RopeConfig.read(byKind(config, "full_attention"), dim, positions, family == Family.GEMMA3 ? 1e6 : 10000);
    }

    /** Never scaled in the old spelling; the new one says all of each kind. */
    private static Optional<Rope> localRope(Config config, Family family, int headDim, int positions) {
        if (family != Family.GEMMA3) {
            return Optional.empty();
        }
        Config local = byKind(config, "sliding_attention");
        if (local != config) {
            return Optional.of(RopeConfig.read(local, headDim, positions, 10000));
        }
        return Optional.of(RopeConfig.read(new Config(config.where(), Map.of("rope_theta",
            config.real("rope_local_base_freq", 10000))), headDim, positions, 10000));
    }

    /** The configuration with the RoPE of one kind of layer, where rope_parameters tells them apart. */
    private static Config byKind(Config config, String kind) {
        return config.object("rope_parameters").flatMap(all -> all.object(kind))
            .map(one -> new Config(config.where(), Map.of("rope_parameters", one.values()))).orElse(config);
    }

    private static Attention.Bias bias(Config config, Family family) {
        return switch (family) {
            case QWEN2 -> Attention.Bias.QKV;
            case MISTRAL, PHI3 -> Attention.Bias.NONE;
            default -> config.flag("attention_bias", false) ? Attention.Bias.ALL : Attention.Bias.NONE;
        };
    }

    private static double scale(Config config, Family family, int headDim) {
        double scaled = family.normsResults() ? config.real("query_pre_attn_scalar", 256) : headDim;
        if (!(scaled > 0)) {
            throw config.wrong("query_pre_attn_scalar", "positive", scaled);
        }
        return 1 / Math.sqrt(scaled);
    }

    private static double cap(Config config, String key) {
        double cap = config.real(key, 0);
        if (config.has(key) && !(cap > 0)) {
            throw config.wrong(key, "positive or null", cap);
        }
        return cap;
    }

    private static double dropout(Config config, Family family) {
        double p = family == Family.PHI3 ? config.real("resid_pdrop", 0) : 0;
        if (!(p >= 0 && p < 1)) {
            throw config.wrong("resid_pdrop", "at least 0 and below 1", p);
        }
        return p;
    }
}
