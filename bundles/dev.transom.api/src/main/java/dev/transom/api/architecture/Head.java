package dev.transom.api.architecture;

import java.util.List;

/**
 * A named head of a model.
 *
 * @param name    lm, mlm, pooled, classification, regression, span, tokens, …
 * @param outputs names of the graph outputs it adds, the most important first
 * @param labels  what its loss compares with
 */
public record Head(String name, List<String> outputs, Labels labels) {

    public Head {
        outputs = List.copyOf(outputs);
    }

    /** The labels of a head's loss: their input is {@link Inputs#LABELS} unless stated; ids below 0 are ignored. */
    public enum Labels {
        /** No loss. */
        NONE,
        /** {@code I32[tokens]}, each token's label already shifted: the id that follows it. */
        NEXT_TOKEN,
        /** {@code I32[tokens]}, each token's own label. */
        TOKEN,
        /** {@code I32[rows]}, a class for each row. */
        ROW_CLASS,
        /** {@code F32[rows, classes]}, a probability for each class. */
        ROW_MULTI_LABEL,
        /** {@code F32[rows, values]}, numbers. */
        ROW_VALUE,
        /** {@code I32[rows]} twice, {@link Inputs#START_LABELS} and {@link Inputs#END_LABELS}: token indices in the step. */
        SPAN,
        /** {@link #TOKEN}, and {@code I32[rows]} {@link Inputs#NEXT_SENTENCE_LABELS}: the loss is the sum of both. */
        TOKEN_AND_NEXT_SENTENCE
    }
}
