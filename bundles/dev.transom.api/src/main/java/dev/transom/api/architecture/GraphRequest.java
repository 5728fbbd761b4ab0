package dev.transom.api.architecture;

import java.util.List;
import java.util.Set;

/**
 * Which graph of a model is wanted.
 *
 * @param heads  heads to compute; empty gives the last hidden state only
 * @param cached with key-value caches: tokens continue rows (causal structures and encoder-decoders); else whole rows at once
 * @param loss   also the output {@code loss} of the first head, with its labels as inputs
 * @param dropout with the configuration's dropout (training)
 * @param embeddings take {@link Inputs#EMBEDDINGS} instead of ids
 * @param selected compute the lm head only for {@link Inputs#SELECTED}
 * @param extras further outputs
 * @param limits sizes to compile for
 */
public record GraphRequest(List<String> heads, boolean cached, boolean loss, boolean dropout, boolean embeddings,
        boolean selected, Set<Extra> extras, Limits limits) {

    public GraphRequest {
        heads = List.copyOf(heads);
        extras = Set.copyOf(extras);
    }

    /** Whole rows at once, no loss. */
    public static GraphRequest whole(List<String> heads, Limits limits) {
        return new GraphRequest(heads, false, false, false, false, false, Set.of(), limits);
    }

    /** Generation over caches with logits of selected tokens. */
    public static GraphRequest generation(Limits limits) {
        return new GraphRequest(List.of("lm"), true, false, false, false, true, Set.of(), limits);
    }

    /** Whole rows with the loss of one head. */
    public static GraphRequest training(String head, boolean dropout, Limits limits) {
        return new GraphRequest(List.of(head), false, true, dropout, false, false, Set.of(), limits);
    }

    public GraphRequest with(Extra... more) {
        return new GraphRequest(heads, cached, loss, dropout, embeddings, selected, Set.of(more), limits);
    }

    /** Outputs beside those of the heads. */
    public enum Extra {
        /**
         * {@code hidden_states.0} (embeddings) … {@code hidden_states.L}; for encoder-decoders
         * {@code encoder_hidden_states.*} and {@code decoder_hidden_states.*}. The last includes the final norm, if there is one.
         */
        HIDDEN_STATES,
        /** {@code last_hidden_state [tokens, hidden]}, after the final norm. */
        LAST_HIDDEN_STATE,
        /** {@code aux_loss}, how unevenly experts are used, and {@code loss_with_aux}: beside a loss, for models with experts. */
        AUXILIARY_LOSS
    }

    /**
     * Maxima of a step.
     *
     * @param tokens       tokens of a step
     * @param rows         rows of a step
     * @param blocks       blocks of a row's table
     * @param blockSize    positions of a block
     * @param sourceTokens source tokens of a step (encoder-decoders), else 0
     * @param selected     tokens of a step whose logits are wanted
     */
    public record Limits(int tokens, int rows, int blocks, int blockSize, int sourceTokens, int selected) {

        /** Logits of every token may be wanted. */
        public Limits(int tokens, int rows, int blocks, int blockSize, int sourceTokens) {
            this(tokens, rows, blocks, blockSize, sourceTokens, tokens);
        }

        public static Limits of(int tokens, int rows) {
            return new Limits(tokens, rows, 1, 16, tokens);
        }
    }
}
