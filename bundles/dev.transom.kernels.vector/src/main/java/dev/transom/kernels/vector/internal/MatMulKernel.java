package dev.transom.kernels.vector.internal;

import static dev.transom.kernels.vector.internal.Lanes.BYTES;
import static dev.transom.kernels.vector.internal.Lanes.LENGTH;

import dev.transom.api.kernel.Kernel;
import dev.transom.api.kernel.KernelArguments;
import dev.transom.api.kernel.Threads;

/**
 * {@code x […, k] · w}, w {@code [k, n]} in F32, F16 or BF16: GPT-2's layers, and the gradient of {@link LinearKernel}'s input.
 *
 * <p>k is cut into blocks of {@value #BLOCK}; each result is the sum, in their order, of its blocks, and a block the fused multiply-adds in
 * the order of k upwards from zero, with the lanes along n. That holds for few tokens ({@link RowTile}: the weights are read as they
 * lie) and for many ({@link ColumnTile}: from a packed panel) alike, so a token's result has the same bits in any company.
 */
final class MatMulKernel implements Kernel, Threads.Part {

    private static final int BLOCK = 512;
    /** From so many tokens on packing pays. */
    private static final int MANY = 8;
    /** Columns that few tokens take at once: their sums stay in the first-level cache. */
    private static final int CHUNK = 1024;

    private final Storage storage;
    private final int k;
    private final int n;
    private final long maxTokens;

    MatMulKernel(Storage storage, int k, int n, long maxTokens) {
        this.storage = storage;
        this.k = k;
        this.n = n;
        this.maxTokens = maxTokens;
    }

    @Override
    public long scratchBytes() {
        long few = 4L * (MANY - 1) * CHUNK;
        long many = maxTokens < MANY ? 0 : ColumnTile.SUMS + (long) Math.min(BLOCK, k) * ColumnTile.PANEL_ROW;
        return Math.max(few, many);
    }

    @Override
    public void run(KernelArguments arguments, Threads threads) {
        if (arguments.outputElements(0) > 0) {
            threads.run(this, arguments);
        }
    }

    @Override
    public void run(KernelArguments arguments, int thread, int threads) {
        long x = arguments.inputAddress(0);
        long w = arguments.inputAddress(1);
        long y = arguments.outputAddress(0);
        long scratch = arguments.scratchAddress(thread);
        int tokens = (int) (arguments.outputElements(0) / n);
        if (k == 0) {
            Lanes.zero(y, thread == 0 ? 4L * tokens * n : 0);
            return;
        }
        if (tokens < MANY) {
            int vectors = Math.ceilDiv(n, LENGTH);
            int end = Math.min(n, Share.end(vectors, thread, threads) * LENGTH);
            for (int c = Share.start(vectors, thread, threads) * LENGTH; c < end; c += CHUNK) {
                few(x, w, y, tokens, c, Math.min(CHUNK, end - c), scratch);
            }
            return;
        }
        int panels = Math.ceilDiv(n, ColumnTile.COLUMNS);
        if (panels % threads == 0 || panels > 8 * threads) {
            for (int p = Share.start(panels, thread, threads); p < Share.end(panels, thread, threads); p++) {
                many(x, w, y, 0, tokens, p * ColumnTile.COLUMNS, scratch);
            }
            return;
        }
        int tiles = Math.ceilDiv(tokens, ColumnTile.ROWS);
        int start = Share.start(tiles, thread, threads) * ColumnTile.ROWS;
        int end = Math.min(tokens, Share.end(tiles, thread, threads) * ColumnTile.ROWS);
        for (int p = 0; p < panels; p++) {
            many(x, w, y, start, end, p * ColumnTile.COLUMNS, scratch);
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
                    Columns.store(sums + 4L * (t * CHUNK + c), y + 4L * ((long) t * n + column + c), columns - c, start > 0);
                }
            }
        }
    }

    private void many(long x, long w, long y, int from, int to, int column, long sums) {
        long panel = sums + ColumnTile.SUMS;
        int columns = Math.min(ColumnTile.COLUMNS, n - column);
        for (int start = 0; start < k; start += BLOCK) {
            int steps = Math.min(BLOCK, k - start);
            pack(storage, w + storage.bytes() * ((long) start * n + column), (long) storage.bytes() * n, steps, columns, panel);
            for (int t = from, tile; t < to; t += tile) {
                tile = ColumnTile.rows(to - t);
                ColumnTile.run(tile, x + 4L * ((long) t * k + start), 4L * k, 4, panel, ColumnTile.PANEL_ROW, steps, sums);
                finish(sums, tile, y + 4L * ((long) t * n + column), 4L * n, columns, start > 0);
            }
        }
    }

    /** Packs rows of columns as a panel, filled up with zeros. */
    static void pack(Storage storage, long from, long stride, int rows, int columns, long panel) {
        for (int i = 0; i < rows; i++) {
            long to = panel + (long) i * ColumnTile.PANEL_ROW;
            storage.expand(from + i * stride, to, columns);
            Lanes.zero(to + 4L * columns, 4L * (ColumnTile.COLUMNS - columns));
        }
    }

    /** Writes or adds the sums of a tile. */
    static void finish(long sums, int rows, long y, long stride, int columns, boolean add) {
        for (int row = 0; row < rows; row++) {
            for (int v = 0; v < ColumnTile.VECTORS; v++) {
                Columns.store(sums + (long) row * ColumnTile.PANEL_ROW + (long) v * BYTES, y + row * stride + (long) v * BYTES,
                    columns - v * LENGTH, add);
            }
        }
    }
}
