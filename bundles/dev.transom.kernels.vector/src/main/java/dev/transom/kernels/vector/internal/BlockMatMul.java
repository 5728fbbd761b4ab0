package dev.transom.kernels.vector.internal;

import dev.transom.api.kernel.KernelArguments;
import dev.transom.api.kernel.Threads;

/**
 * {@code x […, k] · w}, w {@code [k, n]} in blocks: the gradient of {@link BlockLinear}'s input, which passes through frozen weights. The
 * same sums as {@link MatMulKernel} gives with the expanded weights: k in blocks of {@value #BLOCK}, lanes along n. Threads share columns
 * by whole blocks; a few rows of weights at a time are expanded and serve a group of tokens.
 */
final class BlockMatMul implements dev.transom.api.kernel.Kernel {

    private static final int BLOCK = 256;
    /** Columns at once: whole blocks of every format. */
    private static final int CHUNK = 2 * BlockStorage.WHOLE;
    /** Tokens that share an expansion: their sums stay in the second-level cache. */
    private static final int GROUP = 64;

    private final BlockStorage storage;
    private final int k;
    private final int n;
    private final long maxTokens;
    private final Threads.Part part = this::part;

    /** @param n a multiple of the elements of a block */
    BlockMatMul(BlockStorage storage, int k, int n, long maxTokens) {
        this.storage = storage;
        this.k = k;
        this.n = n;
        this.maxTokens = maxTokens;
    }

    /** Sums of a group of tokens, rows of weights as floats. */
    @Override
    public long scratchBytes() {
        return 4L * CHUNK * (Math.min(GROUP, maxTokens) + RowTile.ROWS);
    }

    @Override
    public void run(KernelArguments arguments, Threads threads) {
        if (k == 0) {
            Lanes.zero(arguments.outputAddress(0), 4L * arguments.outputElements(0));
        } else if (arguments.outputElements(0) > 0) {
            threads.run(part, arguments);
        }
    }

    private void part(KernelArguments arguments, int thread, int threads) {
        int tokens = (int) (arguments.outputElements(0) / n);
        int units = Math.ceilDiv(n, BlockStorage.WHOLE);
        int end = Math.min(n, Share.end(units, thread, threads) * BlockStorage.WHOLE);
        for (int c = Share.start(units, thread, threads) * BlockStorage.WHOLE; c < end; c += CHUNK) {
            for (int t = 0; t < tokens; t += GROUP) {
                group(arguments, t, Math.min(GROUP, tokens - t), c, Math.min(CHUNK, end - c), arguments.scratchAddress(thread));
            }
        }
    }

    private void group(KernelArguments arguments, int token, int tokens, int column, int columns, long sums) {
        long x = arguments.inputAddress(0) + 4L * token * k;
        long y = arguments.outputAddress(0) + 4L * ((long) token * n + column);
        long rows = sums + 4L * tokens * CHUNK;
        for (int start = 0; start < k; start += BLOCK) {
            int end = Math.min(k, start + BLOCK);
            Lanes.zero(sums, 4L * tokens * CHUNK);
            for (int i = start; i < end; i += RowTile.ROWS) {
                int count = Math.min(RowTile.ROWS, end - i);
                for (int r = 0; r < count; r++) {
                    storage.expand(arguments.inputAddress(1) + storage.offset((long) (i + r) * n + column), rows + 4L * r * CHUNK, columns);
                }
                for (int t = 0; t < tokens; t++) {
                    RowTile.run(Storage.F32, x + 4L * ((long) t * k + i), count, rows, 4L * CHUNK, sums + 4L * t * CHUNK, columns);
                }
            }
            for (int t = 0; t < tokens; t++) {
                for (int c = 0; c < columns; c += Lanes.LENGTH) {
                    Columns.add(sums + 4L * (t * CHUNK + c), y + 4L * ((long) t * n + c), columns - c, start == 0);
                }
            }
        }
    }
}
