package dev.transom.architecture.encoder.internal;

import dev.transom.nn.Activation;
import dev.transom.nn.Attention;
import dev.transom.nn.Embedding;
import dev.transom.nn.FeedForward;
import dev.transom.nn.Norm;
import dev.transom.nn.Normalisation;
import dev.transom.nn.Position;
import dev.transom.nn.Recipe;

/**
 * BERT (Devlin et al. 2018, arXiv 1810.04805) and relatives, compared with transformers 4.57: encoder, learned positions,
 * post-LN. D1 token types, where there are any, are added to the embeddings. D2 the sum of embeddings is normalised. D3 with
 * is_decoder the encoder's layers see earlier tokens only. D4 RoBERTa's positions begin behind those of its padding.
 */
final class EncoderRecipe {

    private EncoderRecipe() {
    }

    static Recipe of(EncoderConfig config) {
        Norm norm = new Norm.LayerNorm(config.eps());
        return Recipe.builder(config.causal() ? Recipe.Structure.CAUSAL_ENCODER : Recipe.Structure.ENCODER) // D3
            .hidden(config.hidden()).layers(config.layers()).maxPositions(config.positions())
            .embedding(Embedding.of(config.vocabulary(), config.hidden()).withTypes(config.types()).with(norm)) // D1 D2
            .position(positions(config)) // D4
            .attention(Attention.of(config.heads(), config.hidden() / config.heads()).biased(Attention.Bias.ALL))
            .feedForward(new FeedForward.Mlp(Activation.operation(config.activation()), config.inner(), true))
            .normalisation(new Normalisation.PostNorm(norm))
            .dropout(config.dropout().hidden(), config.dropout().hidden())
            .build();
    }

    private static Position positions(EncoderConfig config) {
        int first = config.firstPosition();
        return first == 0 ? new Position.Learned(config.positions())
            : new PositionsAfterPadding(first, first + config.positions());
    }
}
