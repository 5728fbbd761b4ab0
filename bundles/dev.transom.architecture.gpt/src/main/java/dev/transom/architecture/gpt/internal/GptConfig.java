package dev.transom.architecture.gpt.internal;

import dev.transom.api.config.Config;
import dev.transom.nn.Activation;

/**
 * config.json of GPT-2.
 *
 * @param vocabulary      vocab_size
 * @param positions       n_positions
 * @param hidden          n_embd
 * @param layers          n_layer
 * @param heads           n_head
 * @param inner           n_inner, or 4·n_embd
 * @param activation      the operation for activation_function
 * @param epsilon         layer_norm_epsilon
 * @param scaled          scale_attn_weights: scores are divided by sqrt of the head's width
 * @param scaledByLayer   scale_attn_by_inverse_layer_idx: scores of layer i are divided by i + 1
 * @param tied            tie_word_embeddings: the head is the embedding
 * @param embeddingDropout embd_pdrop
 * @param residualDropout resid_pdrop
 */
record GptConfig(int vocabulary, int positions, int hidden, int layers, int heads, int inner, String activation, double epsilon,
        boolean scaled, boolean scaledByLayer, boolean tied, double embeddingDropout, double residualDropout) {

    static GptConfig read(Config config) {
        int hidden = config.size("n_embd");
        int heads = config.size("n_head");
        if (hidden % heads != 0) {
            throw config.wrong("n_head", "a divisor of n_embd = " + hidden, heads);
        }
        if (config.flag("add_cross_attention", false)) {
            throw config.wrong("add_cross_attention", "false: this architecture is a decoder alone", true);
        }
        double epsilon = config.real("layer_norm_epsilon", 1e-5);
        if (!(epsilon > 0)) {
            throw config.wrong("layer_norm_epsilon", "positive", epsilon);
        }
        return new GptConfig(config.size("vocab_size"), config.size("n_positions"), hidden, config.size("n_layer"), heads,
            config.has("n_inner") ? config.size("n_inner") : Math.multiplyExact(4, hidden),
            Activation.operation(config.text("activation_function", "gelu_new")), epsilon,
            config.flag("scale_attn_weights", true), config.flag("scale_attn_by_inverse_layer_idx", false),
            config.flag("tie_word_embeddings", true),
            probability(config, "embd_pdrop"), probability(config, "resid_pdrop"));
    }

    private static double probability(Config config, String key) {
        double p = config.real(key, 0.1);
        if (!(p >= 0 && p < 1)) {
            throw config.wrong(key, "at least 0 and below 1", p);
        }
        return p;
    }
}
