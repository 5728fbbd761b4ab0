package dev.transom.api.task;

import dev.transom.api.engine.EngineOptions;
import dev.transom.api.model.OpenModel;
import org.osgi.annotation.versioning.ProviderType;

/** Says how probable given tokens are: perplexity, choice among answers, ranking. */
@ProviderType
public interface Prediction extends Task {

    /**
     * Loads a causal model for prediction; the caller closes both.
     *
     * @throws dev.transom.api.TransomException for a model that predicts no next token, or does not fit
     */
    Predictor open(OpenModel model, EngineOptions options);

    /** A model loaded for prediction. Safe for concurrent use; one call runs at a time. */
    @ProviderType
    interface Predictor extends AutoCloseable {

        /** Tokens that a row may have. */
        int context();

        /**
         * Natural logarithms of the probabilities of {@code ids[from]} … {@code ids[ids.length − 1]}, each given all ids before it.
         *
         * @param ids  1 to {@link #context} token ids
         * @param from 1 or more: nothing predicts the first id
         * @return {@code [ids.length − from]}
         * @throws dev.transom.api.TransomException for ids outside the vocabulary, a row that is too long, or logits that are no numbers
         */
        float[] logProbs(int[] ids, int from);

        @Override
        void close();
    }
}
