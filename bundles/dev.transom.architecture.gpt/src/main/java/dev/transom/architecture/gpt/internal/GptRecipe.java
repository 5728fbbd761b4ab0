package dev.transom.architecture.gpt.internal;

import dev.transom.nn.Attention;
import dev.transom.nn.Embedding;
import dev.transom.nn.FeedForward;
import dev.transom.nn.Layer;
import dev.transom.nn.Norm;
import dev.transom.nn.Recipe;
import dev.transom.nn.Recipe.Structure;

/** GPT-2 and its relatives as a recipe: decoder, learned positions, GELU, pre-LN. */
final class GptRecipe {

    private GptRecipe() {
    }

    static Recipe of(GptConfig config) {
        return Recipe.builder(Structure.DECODER)
            .hidden(config.hidden())
            .layers(config.layers())
            .maxPositions(config.positions())
            .embedding(embedding(config))
            .position(config.position())
            .attention(attention(config))
            .feedForward(new FeedForward.Mlp(config.activation(), config.inner(), config.bias()))
            .normalisation(config.normalisation())
            .dropout(config.embeddingDropout(), config.residualDropout())
            .deviating((index, layer) -> deviating(config, index, layer))
            .build();
    }

    private static Embedding embedding(GptConfig config) {
        Embedding plain = Embedding.of(config.vocabulary(), config.width()).projectedFirst(); // D6
        return config.embeddingNorm() > 0 ? plain.with(new Norm.LayerNorm(config.embeddingNorm())) : plain; // D7
    }

    private static Attention attention(GptConfig config) {
        Attention plain = Attention.of(config.heads(), config.headDim())
            .biased(config.attentionBias() ? Attention.Bias.ALL : Attention.Bias.NONE)
            .scaled(config.scale()).clipped(config.clip());
        return config.family().fuses() ? plain.withFused() : plain; // D1
    }

    private static Layer deviating(GptConfig config, int index, Layer layer) {
        Layer scaled = config.scaledByLayer()
            ? layer.with(layer.selfAttention().scaled(config.scale() / (index + 1))) // D3
            : layer;
        return config.parallel() ? scaled.inParallel() : scaled; // D5
    }
}
