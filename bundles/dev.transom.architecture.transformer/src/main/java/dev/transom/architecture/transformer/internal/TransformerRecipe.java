package dev.transom.architecture.transformer.internal;

import dev.transom.nn.Activation;
import dev.transom.nn.Attention;
import dev.transom.nn.Embedding;
import dev.transom.nn.FeedForward;
import dev.transom.nn.Norm;
import dev.transom.nn.Normalisation;
import dev.transom.nn.Position;
import dev.transom.nn.Recipe;
import dev.transom.nn.RecipeBuilder;
import dev.transom.nn.Rope;

/**
 * The recipe of a configuration. Encoder-decoder, sinusoidal, ReLU, post-LN is Vaswani et al. 2017 (arXiv 1706.03762), with one
 * table for source, target and output; embeddings are scaled by √hidden only where sinusoids are added.
 */
final class TransformerRecipe {

    private TransformerRecipe() {
    }

    static Recipe of(TransformerConfig config) {
        RecipeBuilder recipe = Recipe.builder(config.structure())
            .hidden(config.hidden()).layers(config.encoderLayers(), config.decoderLayers())
            .maxPositions(config.positions()).prefix(config.prefix())
            .embedding(embedding(config))
            .position(position(config))
            .attention(Attention.of(config.heads(), config.headDim())
                .biased(config.bias() ? Attention.Bias.ALL : Attention.Bias.NONE))
            .feedForward(feedForward(config))
            .dropout(config.dropout(), config.dropout());
        return switch (config.place()) {
            case POST -> recipe.normalisation(new Normalisation.PostNorm(norm(config))).build();
            case PRE -> recipe.normalisation(new Normalisation.PreNorm(norm(config))).build();
            case DEEP -> recipe.deepNorm(norm(config)).build();
        };
    }

    private static Embedding embedding(TransformerConfig config) {
        Embedding embedding = Embedding.of(config.vocabulary(), config.hidden());
        return config.position().equals("sinusoidal") ? embedding.scaled(Math.sqrt(config.hidden())) : embedding;
    }

    private static Position position(TransformerConfig config) {
        return switch (config.position()) {
            case "sinusoidal" -> new Position.Sinusoidal("interleaved");
            case "learned" -> new Position.Learned(config.positions());
            case "rope" -> Rope.of(config.headDim(), config.theta());
            case "alibi" -> new Position.Alibi();
            default -> new Position.None();
        };
    }

    private static FeedForward feedForward(TransformerConfig config) {
        String gated = "-gated";
        String name = config.activation();
        return switch (name) {
            case "swiglu" -> new FeedForward.GatedMlp("silu", config.inner(), config.bias());
            case "geglu" -> new FeedForward.GatedMlp("gelu", config.inner(), config.bias());
            default -> name.endsWith(gated)
                ? new FeedForward.GatedMlp(Activation.operation(name.substring(0, name.length() - gated.length())),
                    config.inner(), config.bias())
                : new FeedForward.Mlp(Activation.operation(name), config.inner(), config.bias());
        };
    }

    private static Norm norm(TransformerConfig config) {
        return switch (config.norm()) {
            case TransformerConfig.LAYER_NORM -> new Norm.LayerNorm(config.eps(), config.bias());
            case TransformerConfig.RMS_NORM -> new Norm.RmsNorm(config.eps());
            default -> new Norm.Named(config.norm(), config.eps());
        };
    }
}
