package dev.transom.architecture.moe.internal;

import dev.transom.nn.Attention;
import dev.transom.nn.Embedding;
import dev.transom.nn.Norm;
import dev.transom.nn.Normalisation;
import dev.transom.nn.Recipe;
import dev.transom.nn.Recipe.Structure;

/** A mixture of experts as a recipe: decoder, RoPE, experts, pre-RMS-LN. */
final class MoeRecipe {

    private MoeRecipe() {
    }

    static Recipe of(MoeConfig config) {
        return Recipe.builder(Structure.DECODER)
            .hidden(config.hidden())
            .layers(config.layers())
            .maxPositions(config.rope().scaling().longest(config.positions()))
            .embedding(Embedding.of(config.vocabulary(), config.hidden()))
            .position(config.rope())
            .attention(Attention.of(config.heads(), config.headDim()).grouped(config.kvHeads()).biased(config.bias()))
            .feedForward(config.experts()) // D1
            .normalisation(new Normalisation.PreNorm(new Norm.RmsNorm(config.epsilon())))
            .deviating((index, layer) -> layer.with(config.feedForwards().get(index)) // D2
                .with(layer.selfAttention().windowed(config.windows().get(index))))
            .build();
    }
}
