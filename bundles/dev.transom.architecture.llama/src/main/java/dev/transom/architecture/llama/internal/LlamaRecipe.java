package dev.transom.architecture.llama.internal;

import dev.transom.nn.Attention;
import dev.transom.nn.Embedding;
import dev.transom.nn.FeedForward;
import dev.transom.nn.Layer;
import dev.transom.nn.Norm;
import dev.transom.nn.Normalisation;
import dev.transom.nn.Position;
import dev.transom.nn.Recipe;
import dev.transom.nn.Recipe.Structure;

/** Llama and its relatives as a recipe: decoder, RoPE, SwiGLU, pre-RMS-LN. */
final class LlamaRecipe {

    private LlamaRecipe() {
    }

    static Recipe of(LlamaConfig config) {
        Norm norm = new Norm.RmsNorm(config.epsilon());
        return Recipe.builder(Structure.DECODER)
            .hidden(config.hidden())
            .layers(config.layers())
            .maxPositions(config.rope().scaling().longest(config.positions()))
            .embedding(Embedding.of(config.vocabulary(), config.hidden())
                .scaled(config.family().isGemma() ? Math.sqrt(config.hidden()) : 1)) // D8
            .position(config.rope())
            .attention(attention(config))
            .feedForward(new FeedForward.GatedMlp(config.activation(), config.inner(), config.mlpBias()))
            .normalisation(config.family().normsResults()
                ? new Normalisation.SandwichNorm(norm) // D9
                : new Normalisation.PreNorm(norm))
            .dropout(0, config.dropout())
            .deviating((index, layer) -> windowed(config, index, layer))
            .build();
    }

    private static Attention attention(LlamaConfig config) {
        Attention plain = Attention.of(config.heads(), config.headDim()).grouped(config.kvHeads()) // D1
            .biased(config.bias()) // D2
            .scaled(config.scale()).capped(config.softcap()); // D6
        return config.family().normsHeads() ? plain.withHeadNorm(new Norm.RmsNorm(config.epsilon())) : plain; // D5
    }

    /** D4: a window, and with it perhaps another RoPE. */
    private static Layer windowed(LlamaConfig config, int index, Layer layer) {
        int window = config.windows().get(index);
        if (window == 0) {
            return layer;
        }
        Attention seen = layer.selfAttention().windowed(window);
        return layer.with(config.localRope().map(rope -> seen.with(new Position.FixedRope(rope))).orElse(seen));
    }
}
