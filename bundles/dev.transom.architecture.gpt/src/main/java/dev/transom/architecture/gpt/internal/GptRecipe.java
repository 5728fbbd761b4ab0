package dev.transom.architecture.gpt.internal;

import dev.transom.nn.Attention;
import dev.transom.nn.Embedding;
import dev.transom.nn.FeedForward;
import dev.transom.nn.Norm;
import dev.transom.nn.Normalisation;
import dev.transom.nn.Position;
import dev.transom.nn.Recipe;
import dev.transom.nn.Recipe.Structure;

/** GPT-2 as a recipe: decoder, learned positions, GELU, pre-LN. */
final class GptRecipe {

    private GptRecipe() {
    }

    static Recipe of(GptConfig config) {
        int headDim = config.hidden() / config.heads();
        double scale = config.scaled() ? 1 / Math.sqrt(headDim) : 1;
        return Recipe.builder(Structure.DECODER)
            .hidden(config.hidden())
            .layers(config.layers())
            .maxPositions(config.positions())
            .embedding(Embedding.of(config.vocabulary(), config.hidden()))
            .position(new Position.Learned(config.positions()))
            .attention(Attention.of(config.heads(), headDim).biased(Attention.Bias.ALL).withFused().scaled(scale)) // D1
            .feedForward(new FeedForward.Mlp(config.activation(), config.inner(), true))
            .normalisation(new Normalisation.PreNorm(new Norm.LayerNorm(config.epsilon())))
            .dropout(config.embeddingDropout(), config.residualDropout())
            .deviating((index, layer) -> config.scaledByLayer()
                ? layer.with(layer.selfAttention().scaled(scale / (index + 1))) // D3
                : layer)
            .build();
    }
}
