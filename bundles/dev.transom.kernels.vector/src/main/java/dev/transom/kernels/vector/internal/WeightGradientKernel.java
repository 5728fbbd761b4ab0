package dev.transom.kernels.vector.internal;

import dev.transom.api.kernel.Kernel;
import dev.transom.api.kernel.KernelArguments;
import dev.transom.api.kernel.Threads;

/**
 * {@code aᵀ · b}, a {@code […, m]}, b {@code […, n]}, summed over all leading dimensions: the gradient of a weight. Tokens are cut into
 * blocks of {@value #BLOCK}, added in their order; in a block fused multiply-adds in the order of tokens. Columns of a are packed by
 * six, those of b by panels.
 */
final class WeightGradientKernel implements Kernel, Threads.Part {

    private static final int BLOCK = 512;
    /** Rows of the result whose columns of a are packed at once. */
    private static final int CHUNK = 192;

    private final int m;
    private final int n;
    private final long maxTokens;

    WeightGradientKernel(int m, int n, long maxTokens) {
        this.m = m;
        this.n = n;
        this.maxTokens = maxTokens;
    }

    @Override
    public long scratchBytes() {
        long tokens = Math.min(maxTokens, BLOCK);
        return ColumnTile.SUMS + tokens * ColumnTile.PANEL_ROW + 4 * tokens * CHUNK;
    }

    @Override
    public void run(KernelArguments arguments, Threads threads) {
        if (m > 0 && n > 0) {
            threads.run(this, arguments);
        }
    }

    @Override
    public void run(KernelArguments arguments, int thread, int threads) {
        int tokens = (int) (arguments.elements(0) / m);
        int tiles = Math.ceilDiv(m, ColumnTile.ROWS);
        int panels = Math.ceilDiv(n, ColumnTile.COLUMNS);
        if (tokens == 0) {
            Lanes.zero(arguments.outputAddress(0), thread == 0 ? 4L * m * n : 0);
        } else if (tiles >= panels) {
            int end = Math.min(m, Share.end(tiles, thread, threads) * ColumnTile.ROWS);
            compute(arguments, thread, tokens, Share.start(tiles, thread, threads) * ColumnTile.ROWS, end, 0, n);
        } else {
            int end = Math.min(n, Share.end(panels, thread, threads) * ColumnTile.COLUMNS);
            compute(arguments, thread, tokens, 0, m, Share.start(panels, thread, threads) * ColumnTile.COLUMNS, end);
        }
    }

    /** Rows {@code top} to {@code bottom} and columns {@code left} to {@code right} of the result. */
    private void compute(KernelArguments arguments, int thread, int tokens, int top, int bottom, int left, int right) {
        long sums = arguments.scratchAddress(thread);
        long panel = sums + ColumnTile.SUMS;
        long packed = panel + (long) Math.min(tokens, BLOCK) * ColumnTile.PANEL_ROW;
        for (int row = top; row < bottom; row += CHUNK) {
            int rows = Math.min(CHUNK, bottom - row);
            for (int start = 0; start < tokens; start += BLOCK) {
                int steps = Math.min(BLOCK, tokens - start);
                pack(arguments.inputAddress(0) + 4L * ((long) start * m + row), steps, rows, packed);
                for (int column = left; column < right; column += ColumnTile.COLUMNS) {
                    int columns = Math.min(ColumnTile.COLUMNS, right - column);
                    MatMulKernel.pack(Storage.F32, arguments.inputAddress(1) + 4L * ((long) start * n + column), 4L * n, steps,
                        columns, panel);
                    long y = arguments.outputAddress(0) + 4L * ((long) row * n + column);
                    for (int r = 0; r < rows; r += ColumnTile.ROWS) {
                        int tile = Math.min(ColumnTile.ROWS, rows - r);
                        ColumnTile.run(ColumnTile.ROWS, packed + 4L * r * steps, 4, 4L * ColumnTile.ROWS, panel,
                            ColumnTile.PANEL_ROW, steps, sums);
                        MatMulKernel.finish(sums, tile, y + 4L * r * n, 4L * n, columns, start > 0);
                    }
                }
            }
        }
    }

    /** Packs columns of a as {@code [tile][token][six]}, filled up with zeros. */
    private void pack(long a, int tokens, int rows, long to) {
        for (int r = 0; r < rows; r += ColumnTile.ROWS) {
            int real = Math.min(ColumnTile.ROWS, rows - r);
            for (int t = 0; t < tokens; t++) {
                long from = a + 4L * ((long) t * m + r);
                long at = to + 4L * ((long) r * tokens + t * ColumnTile.ROWS);
                for (int i = 0; i < ColumnTile.ROWS; i++) {
                    Lanes.set(at + 4L * i, i < real ? Lanes.get(from + 4L * i) : 0);
                }
            }
        }
    }
}
