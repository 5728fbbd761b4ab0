package dev.transom.kernels.vector.internal;

import static dev.transom.kernels.vector.internal.Lanes.LENGTH;

import dev.transom.api.kernel.KernelArguments;
import dev.transom.api.kernel.Threads;

/**
 * {@code x […, k] · w}, w {@code [k, n]} in F32, F16 or BF16: GPT-2's layers, and the gradient of {@link LinearKernel}'s input.
 *
 * <p>k is cut into blocks of {@value #BLOCK}; each result is the sum, in their order, of its blocks, and a block the fused multiply-adds in
 * the order of k upwards from zero, with the lanes along n. That holds for few tokens ({@link RowTile}: the weights are read as they
 * lie) and for many ({@link PackedProduct}) alike, so a token's result has the same bits in any company.
 */
final class MatMulKernel extends PackedProduct {

    private static final int BLOCK = 256;
    /** From so many tokens on packing pays. */
    private static final int MANY = 8;
    /** Columns that few tokens take at once: their sums stay in the first-level cache. */
    private static final int CHUNK = 1024;

    private final Storage storage;
    private final int k;
    private final int n;
    private final long maxTokens;
    private final Threads.Part few = this::few;

    MatMulKernel(Storage storage, int k, int n, long maxTokens) {
        super(n, 1, BLOCK, maxTokens, Lines.SPARE);
        this.storage = storage;
        this.k = k;
        this.n = n;
        this.maxTokens = maxTokens;
    }

    @Override
    public long scratchBytes() {
        long few = 4L * (MANY - 1) * CHUNK;
        return maxTokens < MANY ? few : Math.max(few, super.scratchBytes());
    }

    @Override
    public long sharedScratchBytes() {
        return maxTokens < MANY ? 0 : super.sharedScratchBytes();
    }

    @Override
    public void run(KernelArguments arguments, Threads threads) {
        int tokens = rows(arguments);
        if (tokens >= MANY || k == 0) {
            super.run(arguments, threads);
        } else if (tokens > 0) {
            threads.run(few, arguments);
        }
    }

    @Override
    int rows(KernelArguments arguments) {
        return n == 0 ? 0 : (int) (arguments.outputElements(0) / n);
    }

    @Override
    int depth(KernelArguments arguments) {
        return k;
    }

    @Override
    void lines(KernelArguments arguments, int row, int rows, int start, int size, long to, long phase, long spare) {
        int there = Math.min(Tile.LINE_FLOATS, rows(arguments) - row);
        Lines.turn(arguments.inputAddress(0) + 4 * ((long) row * k + start), 4L * k, there, size, size, 0, to, spare);
    }

    @Override
    void panel(KernelArguments arguments, int column, int count, int start, int size, long to, long spare) {
        pack(storage, arguments.inputAddress(1) + storage.bytes() * ((long) start * n + column), (long) storage.bytes() * n, size, count,
            to);
    }

    private void few(KernelArguments arguments, int thread, int threads) {
        int tokens = rows(arguments);
        int vectors = Math.ceilDiv(n, LENGTH);
        int end = Math.min(n, Share.end(vectors, thread, threads) * LENGTH);
        for (int c = Share.start(vectors, thread, threads) * LENGTH; c < end; c += CHUNK) {
            few(arguments.inputAddress(0), arguments.inputAddress(1), arguments.outputAddress(0), tokens, c, Math.min(CHUNK, end - c),
                arguments.scratchAddress(thread));
        }
    }

    private void few(long x, long w, long y, int tokens, int column, int columns, long sums) {
        for (int start = 0; start < k; start += BLOCK) {
            int end = Math.min(k, start + BLOCK);
            Lanes.zero(sums, 4L * tokens * CHUNK);
            for (int i = start; i < end; i += RowTile.ROWS) {
                long rows = w + storage.bytes() * ((long) i * n + column);
                for (int t = 0; t < tokens; t++) {
                    RowTile.run(storage, x + 4L * ((long) t * k + i), Math.min(RowTile.ROWS, end - i), rows,
                        (long) storage.bytes() * n, sums + 4L * t * CHUNK, columns);
                }
            }
            for (int t = 0; t < tokens; t++) {
                for (int c = 0; c < columns; c += LENGTH) {
                    Columns.add(sums + 4L * (t * CHUNK + c), y + 4L * ((long) t * n + column + c), columns - c, start == 0);
                }
            }
        }
    }

    /** Packs rows of columns as a panel. */
    static void pack(Storage storage, long from, long stride, int rows, int columns, long panel) {
        for (int i = 0; i < rows; i++) {
            storage.expand(from + i * stride, panel + (long) i * Tile.PANEL_ROW, columns);
        }
    }
}
