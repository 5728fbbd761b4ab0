package dev.transom.architecture.llama.internal;

import dev.transom.api.config.Config;
import dev.transom.nn.Activation;
import dev.transom.nn.Rope;
import dev.transom.nn.RopeConfig;

/**
 * config.json of Llama 1 to 3.
 *
 * @param vocabulary    vocab_size
 * @param positions     max_position_embeddings
 * @param hidden        hidden_size
 * @param layers        num_hidden_layers
 * @param heads         num_attention_heads
 * @param kvHeads       num_key_value_heads, or as many as heads
 * @param headDim       head_dim, or hidden_size / num_attention_heads
 * @param inner         intermediate_size
 * @param activation    the operation for hidden_act
 * @param epsilon       rms_norm_eps
 * @param rope          rope_theta with rope_scaling, or rope_parameters
 * @param attentionBias attention_bias
 * @param mlpBias       mlp_bias
 * @param tied          tie_word_embeddings: the head is the embedding
 */
record LlamaConfig(int vocabulary, int positions, int hidden, int layers, int heads, int kvHeads, int headDim, int inner,
        String activation, double epsilon, Rope rope, boolean attentionBias, boolean mlpBias, boolean tied) {

    static LlamaConfig read(Config config) {
        int hidden = config.size("hidden_size");
        int heads = config.size("num_attention_heads");
        int kvHeads = config.has("num_key_value_heads") ? config.size("num_key_value_heads") : heads;
        if (heads % kvHeads != 0) {
            throw config.wrong("num_key_value_heads", "a divisor of num_attention_heads = " + heads, kvHeads);
        }
        double rotated = config.real("partial_rotary_factor", 1);
        if (rotated != 1) {
            throw config.wrong("partial_rotary_factor", "1: Llama turns whole heads", rotated);
        }
        double epsilon = config.real("rms_norm_eps", 1e-6);
        if (!(epsilon > 0)) {
            throw config.wrong("rms_norm_eps", "positive", epsilon);
        }
        int headDim = headDim(config, hidden, heads);
        int positions = config.size("max_position_embeddings");
        return new LlamaConfig(config.size("vocab_size"), positions, hidden, config.size("num_hidden_layers"), heads, kvHeads,
            headDim, config.size("intermediate_size"), Activation.operation(config.text("hidden_act", "silu")), epsilon,
            RopeConfig.read(config, headDim, positions, 10000), config.flag("attention_bias", false),
            config.flag("mlp_bias", false), config.flag("tie_word_embeddings", false));
    }

    private static int headDim(Config config, int hidden, int heads) {
        if (config.has("head_dim")) {
            return config.size("head_dim");
        }
        if (hidden % heads != 0) {
            throw config.wrong("num_attention_heads", "a divisor of hidden_size = " + hidden + " where head_dim is absent",
                heads);
        }
        return hidden / heads;
    }
}
