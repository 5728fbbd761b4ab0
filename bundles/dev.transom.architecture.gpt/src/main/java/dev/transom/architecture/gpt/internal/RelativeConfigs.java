package dev.transom.architecture.gpt.internal;

import dev.transom.api.config.Config;
import dev.transom.nn.Activation;
import dev.transom.nn.Norm;
import dev.transom.nn.Normalisation;
import dev.transom.nn.Position;
import dev.transom.nn.Rope;
import dev.transom.nn.RopeConfig;
import java.util.HashMap;
import java.util.Map;

/** Readers of the relatives that others than OpenAI published. */
final class RelativeConfigs {

    /** What BLOOM was trained on; ALiBi itself has no end. */
    private static final int BLOOM_POSITIONS = 2048;

    private RelativeConfigs() {
    }

    static GptConfig neoX(GptValues values) {
        Config config = values.config();
        int positions = values.size("max_position_embeddings");
        int hidden = values.hidden();
        double dropout = values.probability("hidden_dropout", 0);
        return new GptConfig(Family.GPT_NEOX, config.size("vocab_size"), positions, hidden, values.layers(), values.heads(), hidden,
            values.size("intermediate_size"), Activation.operation(config.text("hidden_act", "gelu")),
            neoXRope(config, values.headDim(), positions), new Normalisation.PreNorm(new Norm.LayerNorm(values.epsilon())), 0,
            config.flag("use_parallel_residual", true), values.headScale(), false, 0, config.flag("attention_bias", true), true,
            config.flag("tie_word_embeddings", false), dropout, dropout);
    }

    /** Its own names win over the general ones, which Hugging Face writes beside them. */
    private static Rope neoXRope(Config config, int headDim, int positions) {
        Map<String, Object> values = new HashMap<>(config.values());
        if (config.has("rotary_emb_base")) {
            values.put("rope_theta", config.values().get("rotary_emb_base"));
        }
        return RopeConfig.read(new Config(config.where(), values), RopeConfig.turned(config, headDim, 0.25), positions, 10000);
    }

    static GptConfig opt(GptValues values) {
        Config config = values.config();
        int positions = values.size("max_position_embeddings");
        int hidden = values.hidden();
        int width = config.has("word_embed_proj_dim") ? config.size("word_embed_proj_dim") : hidden;
        boolean bias = config.flag("enable_bias", true);
        Norm norm = config.flag("layer_norm_elementwise_affine", true) ? new Norm.LayerNorm(1e-5) : new Norm.PlainLayerNorm(1e-5);
        Normalisation order = config.flag("do_layer_norm_before", true)
            ? new Normalisation.PreNorm(norm, !config.flag("_remove_final_layer_norm", false))
            : new Normalisation.PostNorm(norm);
        double dropout = values.probability("dropout", 0.1);
        return new GptConfig(Family.OPT, config.size("vocab_size"), positions, hidden, values.layers(), values.heads(), width,
            values.size("ffn_dim", "intermediate_size"), Activation.operation(config.text("activation_function", "relu")),
            new Position.Learned(positions), width == hidden ? order : new Normalisation.Projected(order, width), 0, false,
            values.headScale(), false, 0, bias, bias, config.flag("tie_word_embeddings", true), 0, dropout);
    }

    static GptConfig bloom(GptValues values) {
        Config config = values.config();
        int hidden = values.hidden();
        Norm norm = new Norm.LayerNorm(values.epsilon());
        boolean normed = config.flag("apply_residual_connection_post_layernorm", false);
        int positions = config.has("seq_length") || config.has("max_position_embeddings")
            ? values.size("seq_length", "max_position_embeddings") : BLOOM_POSITIONS;
        return new GptConfig(Family.BLOOM, config.size("vocab_size"), positions, hidden, values.layers(), values.heads(), hidden,
            Math.multiplyExact(4, hidden), "gelu_tanh", new Position.Alibi(),
            normed ? new Normalisation.NormedResidual(norm) : new Normalisation.PreNorm(norm), values.epsilon(), false,
            values.headScale(), false, 0, true, true, config.flag("tie_word_embeddings", true), 0,
            values.probability("hidden_dropout", 0));
    }

    /**
     * As the library, without regard to no_bias, alibi, alibi_bias_max, expansion_ratio and learned_pos_emb: there is always ALiBi
     * from 8, never a bias, and the feed-forward is 4 times as wide.
     */
    static GptConfig mpt(GptValues values) {
        Config config = values.config();
        Config attention = config.object("attn_config").orElseGet(() -> new Config(config.where(), Map.of()));
        for (String key : new String[] {"qk_ln", "prefix_lm"}) {
            if (attention.flag(key, false)) {
                throw attention.wrong(key, "false", true);
            }
        }
        if (config.has("logit_scale")) {
            throw config.wrong("logit_scale", "null", config.values().get("logit_scale"));
        }
        double clip = attention.real("clip_qkv", 0);
        double scale = attention.real("softmax_scale", values.headScale());
        if (!(clip >= 0)) {
            throw attention.wrong("clip_qkv", "positive or null", clip);
        }
        int hidden = values.hidden();
        return new GptConfig(Family.MPT, config.size("vocab_size"), values.size("max_seq_len", "max_position_embeddings"), hidden,
            values.layers(), values.heads(), hidden, Math.multiplyExact(4, hidden), "gelu", new Position.NextPowerAlibi(8),
            new Normalisation.PreNorm(new Norm.LayerNorm(values.epsilon(), false)), 0, false, scale, false, clip, false, false,
            config.flag("tie_word_embeddings", true), 0, new GptValues(attention).probability("attn_pdrop", 0));
    }
}
