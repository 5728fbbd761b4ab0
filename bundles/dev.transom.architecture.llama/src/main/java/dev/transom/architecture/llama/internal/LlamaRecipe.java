package dev.transom.architecture.llama.internal;

import dev.transom.nn.Attention;
import dev.transom.nn.Embedding;
import dev.transom.nn.FeedForward;
import dev.transom.nn.Norm;
import dev.transom.nn.Normalisation;
import dev.transom.nn.Recipe;
import dev.transom.nn.Recipe.Structure;

/** Llama as a recipe: decoder, RoPE, SwiGLU, pre-RMS-LN. */
final class LlamaRecipe {

    private LlamaRecipe() {
    }

    static Recipe of(LlamaConfig config) {
        Attention.Bias bias = config.attentionBias() ? Attention.Bias.ALL : Attention.Bias.NONE;
        return Recipe.builder(Structure.DECODER)
            .hidden(config.hidden())
            .layers(config.layers())
            .maxPositions(config.rope().scaling().longest(config.positions()))
            .embedding(Embedding.of(config.vocabulary(), config.hidden()))
            .position(config.rope())
            .attention(Attention.of(config.heads(), config.headDim()).grouped(config.kvHeads()).biased(bias)) // D1, D2
            .feedForward(new FeedForward.GatedMlp(config.activation(), config.inner(), config.mlpBias()))
            .normalisation(new Normalisation.PreNorm(new Norm.RmsNorm(config.epsilon())))
            .build();
    }
}
