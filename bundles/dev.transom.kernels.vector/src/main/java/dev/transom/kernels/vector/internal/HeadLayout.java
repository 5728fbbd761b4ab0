package dev.transom.kernels.vector.internal;

import dev.transom.graph.AttentionMask;

/**
 * What an attention kernel knows before it runs.
 *
 * @param mask     which keys are seen, scale and softcap
 * @param heads    query heads
 * @param kvHeads  key and value heads
 * @param dim      elements of a query or key head
 * @param valueDim elements of a value head
 */
record HeadLayout(AttentionMask mask, int heads, int kvHeads, int dim, int valueDim) {

    /** Query heads that read one key head. */
    int group() {
        return heads / kvHeads;
    }

    /** First position that the query at {@code position} sees. */
    int low(int position) {
        return mask.window() > 0 ? Math.max(0, position - mask.window() + 1) : 0;
    }

    /** Last position of {@code keys} that the query at {@code position} sees: what is seen lies without gaps. */
    int high(int position, int keys) {
        return mask.causal() ? Math.min(keys - 1, Math.max(position, mask.prefix() - 1)) : keys - 1;
    }

    /** Head dimension in whole vectors. */
    int paddedDim() {
        return Lanes.padded(dim);
    }

    /** Value dimension in whole panels. */
    int paddedValueDim() {
        return Math.ceilDiv(valueDim, Tile.COLUMNS) * Tile.COLUMNS;
    }

    /** Bytes from one query token to the next. */
    long queryStride() {
        return 4L * heads * dim;
    }

    long keyStride() {
        return 4L * kvHeads * dim;
    }

    long valueStride() {
        return 4L * kvHeads * valueDim;
    }

    long outputStride() {
        return 4L * heads * valueDim;
    }
}
