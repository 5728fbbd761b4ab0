package dev.transom.architecture.gpt.internal;

import dev.transom.api.config.Config;
import dev.transom.nn.Activation;
import dev.transom.nn.Norm;
import dev.transom.nn.Normalisation;
import dev.transom.nn.Position;

/**
 * config.json of GPT-2 and its relatives, in each family's own spelling or the general one.
 *
 * @param family          model_type
 * @param vocabulary      vocab_size
 * @param positions       longest row
 * @param hidden          n_embd, hidden_size or d_model
 * @param layers          n_layer, num_hidden_layers or n_layers
 * @param heads           n_head, num_attention_heads or n_heads
 * @param width           of the embedding, mostly as hidden
 * @param inner           width of the feed-forward
 * @param activation      the operation of the feed-forward
 * @param position        learned, RoPE or ALiBi
 * @param normalisation   where norms stand
 * @param embeddingNorm   epsilon of a norm of the embeddings, or 0
 * @param parallel        whether attention and feed-forward read the same rows
 * @param scale           factor of scores
 * @param scaledByLayer   scale_attn_by_inverse_layer_idx: scores of layer i are divided by i + 1
 * @param clip            clip_qkv, or 0
 * @param attentionBias   whether projections of attention have biases
 * @param bias            whether those of the feed-forward have
 * @param tied            tie_word_embeddings: the head is the embedding
 * @param embeddingDropout of the embedding sum
 * @param residualDropout of each part's result
 */
record GptConfig(Family family, int vocabulary, int positions, int hidden, int layers, int heads, int width, int inner,
        String activation, Position position, Normalisation normalisation, double embeddingNorm, boolean parallel, double scale,
        boolean scaledByLayer, double clip, boolean attentionBias, boolean bias, boolean tied, double embeddingDropout,
        double residualDropout) {

    static GptConfig read(Config config) {
        Family family = Family.of(config.text("model_type", "gpt2"));
        GptValues values = new GptValues(config);
        return switch (family) {
            case OPENAI_GPT, GPT2 -> openAi(family, values);
            case GPT_NEOX -> RelativeConfigs.neoX(values);
            case OPT -> RelativeConfigs.opt(values);
            case BLOOM -> RelativeConfigs.bloom(values);
            case MPT -> RelativeConfigs.mpt(values);
        };
    }

    /** Width of a head. */
    int headDim() {
        return hidden / heads;
    }

    /** GPT-2, and GPT, which norms after each sub-layer and has no choice of scale or width. */
    private static GptConfig openAi(Family family, GptValues values) {
        boolean first = family == Family.OPENAI_GPT;
        Config config = values.config();
        int hidden = values.hidden();
        int positions = values.size("n_positions", "max_position_embeddings");
        Norm norm = new Norm.LayerNorm(values.epsilon());
        boolean scaled = first || config.flag("scale_attn_weights", true);
        boolean wide = !first && (config.has("n_inner") || config.has("intermediate_size"));
        if (config.flag("add_cross_attention", false)) {
            throw config.wrong("add_cross_attention", "false: this architecture is a decoder alone", true);
        }
        return new GptConfig(family, config.size("vocab_size"), positions, hidden, values.layers(), values.heads(), hidden,
            wide ? values.size("n_inner", "intermediate_size") : Math.multiplyExact(4, hidden),
            first ? firstActivation(config) : Activation.operation(config.text("activation_function", "gelu_new")),
            new Position.Learned(positions),
            first ? new Normalisation.PostNorm(norm) : new Normalisation.PreNorm(norm), 0, false,
            scaled ? values.headScale() : 1, !first && config.flag("scale_attn_by_inverse_layer_idx", false), 0, true, true,
            config.flag("tie_word_embeddings", true), values.probability("embd_pdrop", 0.1),
            values.probability("resid_pdrop", 0.1));
    }

    /** GPT has names of its own: its gelu is the tanh form. */
    private static String firstActivation(Config config) {
        return switch (config.text("afn", "gelu")) {
            case "gelu" -> "gelu_tanh";
            case "relu" -> "relu";
            case "silu", "swish" -> "silu";
            case String other -> throw config.wrong("afn", "gelu, relu, silu or swish", other);
        };
    }
}
