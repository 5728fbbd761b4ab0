package dev.transom.kernels.vector.internal;

import dev.transom.api.kernel.KernelArguments;
import dev.transom.graph.Shape;

/**
 * How the tokens of a linear cross entropy are cut into chunks, so that not all logits are in memory at once. Shared scratch
 * holds the chunk at hand, its logits {@code [tokens, classes]}, then what the products need.
 *
 * @param hidden  elements of a token
 * @param classes rows of the weight
 * @param size    the most tokens of a chunk
 */
record LogitChunks(int hidden, int classes, int size) {

    private static final long LOGIT_BYTES = 24L << 20;
    /** Chunks are whole groups of tiles. */
    private static final int GROUP = 24;
    private static final int STATE = 64;

    /** For {@code x [n, hidden]} and {@code w [classes, hidden]}. */
    static LogitChunks of(Shape x, Shape w) {
        int classes = Math.toIntExact(w.dim(0).max());
        long wanted = Math.max(1, LOGIT_BYTES / Math.max(1, 4L * classes * GROUP)) * GROUP;
        return new LogitChunks(Math.toIntExact(w.dim(1).max()), classes, (int) Math.min(wanted, Math.max(1, x.dim(0).max())));
    }

    /** Bytes of the chunk at hand and its logits. */
    long bytes() {
        return STATE + (4L * size * classes + 63) / 64 * 64;
    }

    /** Tokens of each chunk but the last, so that all are about equal. */
    int step(int tokens) {
        int even = Math.ceilDiv(tokens, Math.ceilDiv(tokens, size));
        return Math.min(size, Math.ceilDiv(even, GROUP) * GROUP);
    }

    void set(KernelArguments arguments, int first, int tokens) {
        Lanes.setInt(arguments.sharedScratchAddress(), first);
        Lanes.setInt(arguments.sharedScratchAddress() + 4, tokens);
    }

    /** First token of the chunk at hand. */
    int first(KernelArguments arguments) {
        return Lanes.getInt(arguments.sharedScratchAddress());
    }

    /** Tokens of the chunk at hand. */
    int tokens(KernelArguments arguments) {
        return Lanes.getInt(arguments.sharedScratchAddress() + 4);
    }

    /** How many labels are kept in the whole run. */
    void setKept(KernelArguments arguments, int kept) {
        Lanes.setInt(arguments.sharedScratchAddress() + 8, kept);
    }

    int kept(KernelArguments arguments) {
        return Lanes.getInt(arguments.sharedScratchAddress() + 8);
    }

    /** The logits of a token of the chunk at hand. */
    long logits(KernelArguments arguments, int token) {
        return arguments.sharedScratchAddress() + STATE + 4L * token * classes;
    }

    /** Label of a token of the chunk at hand. */
    int label(KernelArguments arguments, int token) {
        return Lanes.getInt(arguments.inputAddress(2) + 4L * (first(arguments) + token));
    }

    /** Scratch of the products. */
    long products(KernelArguments arguments) {
        return arguments.sharedScratchAddress() + bytes();
    }
}
