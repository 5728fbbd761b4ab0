package dev.transom.kernels.vector.internal;

import static dev.transom.kernels.vector.internal.Lanes.BYTES;
import static dev.transom.kernels.vector.internal.Lanes.LENGTH;

import dev.transom.api.kernel.Kernel;
import dev.transom.api.kernel.KernelArguments;
import dev.transom.api.kernel.Threads;

/**
 * {@code x […, k] · wᵀ}, w {@code [n, k]} in F32, F16 or BF16: the layer as most checkpoints store it.
 *
 * <p><b>One order of additions for any number of tokens</b>, so that a token's result has the same bits alone, in a batch, in a prompt and in
 * decoding. k is cut into blocks of {@value #BLOCK}; in a block there are LENGTH partial sums, sum l over elements l, l + LENGTH,
 * l + 2·LENGTH …, each by fused multiply-adds upwards from zero; they are added as {@link LaneSums} says, and blocks are added in
 * their order. For few tokens the partial sums are the lanes of a vector that runs along a row of weights as it lies in the file
 * ({@link DotTile}, {@link HalfTile}), which reads at memory's speed. For many tokens the rows are transposed into a panel and the
 * partial sums are phases, computed one after the other ({@link ColumnTile}): the same additions, 1.7 times as fast as dot products,
 * for the price of turning the weights.
 */
final class LinearKernel implements Kernel, Threads.Part {

    /** Elements of k in one block. */
    static final int BLOCK = 1024;
    /** From so many tokens on turning the weights pays. */
    private static final int MANY = 32;
    private static final int ROWS = LaneSums.ROWS;
    private static final int GROUP = DotTile.TOKENS * DotTile.ROWS * BYTES;

    private final Storage storage;
    private final int n;
    private final int k;
    /** k in whole vectors. */
    private final int width;
    private final long maxTokens;

    LinearKernel(Storage storage, int n, int k, long maxTokens) {
        this.storage = storage;
        this.n = n;
        this.k = k;
        this.width = Lanes.padded(k);
        this.maxTokens = maxTokens;
    }

    private int block() {
        return Math.min(BLOCK, width);
    }

    private long sumsBytes() {
        return Math.max(4L * GROUP, (long) LENGTH * ColumnTile.SUMS);
    }

    /** Sums, one square, {@value LaneSums#ROWS} rows of weights as floats, a panel. */
    @Override
    public long scratchBytes() {
        return sumsBytes() + Transposition.SQUARE + 4L * block() * (ROWS + (maxTokens < MANY ? 0 : ColumnTile.COLUMNS));
    }

    /** Activations with rows in whole vectors, where they are not. */
    @Override
    public long sharedScratchBytes() {
        return width == k ? 0 : 4 * maxTokens * width;
    }

    @Override
    public void run(KernelArguments arguments, Threads threads) {
        int tokens = tokens(arguments);
        if (width != k) {
            for (int t = 0; t < tokens; t++) {
                long to = arguments.sharedScratchAddress() + 4L * t * width;
                Lanes.copy(arguments.inputAddress(0) + 4L * t * k, to, 4L * k);
                Lanes.zero(to + 4L * k, 4L * (width - k));
            }
        }
        if (tokens > 0) {
            threads.run(this, arguments);
        }
    }

    private int tokens(KernelArguments arguments) {
        return k == 0 ? (int) (arguments.outputElements(0) / Math.max(1, n)) : (int) (arguments.elements(0) / k);
    }

    @Override
    public void run(KernelArguments arguments, int thread, int threads) {
        long x = width == k ? arguments.inputAddress(0) : arguments.sharedScratchAddress();
        long w = arguments.inputAddress(1);
        long y = arguments.outputAddress(0);
        long scratch = arguments.scratchAddress(thread);
        int tokens = tokens(arguments);
        if (k == 0) {
            Lanes.zero(y, thread == 0 ? 4L * tokens * n : 0);
        } else if (tokens < MANY || n < ColumnTile.COLUMNS / 2) {
            int groups = Math.ceilDiv(n, ROWS);
            for (int g = Share.start(groups, thread, threads); g < Share.end(groups, thread, threads); g++) {
                dots(x, w, y, tokens, g * ROWS, scratch);
            }
        } else {
            int panels = Math.ceilDiv(n, ColumnTile.COLUMNS);
            if (panels % threads == 0 || panels > 8 * threads) {
                for (int p = Share.start(panels, thread, threads); p < Share.end(panels, thread, threads); p++) {
                    panel(x, w, y, 0, tokens, p * ColumnTile.COLUMNS, scratch);
                }
            } else {
                int tiles = Math.ceilDiv(tokens, ColumnTile.ROWS);
                int start = Share.start(tiles, thread, threads) * ColumnTile.ROWS;
                int end = Math.min(tokens, Share.end(tiles, thread, threads) * ColumnTile.ROWS);
                for (int p = 0; p < panels; p++) {
                    panel(x, w, y, start, end, p * ColumnTile.COLUMNS, scratch);
                }
            }
        }
    }

    /** All tokens by sixteen rows of weights. */
    private void dots(long x, long w, long y, int tokens, int row, long scratch) {
        int rows = Math.min(ROWS, n - row);
        long spare = scratch + sumsBytes();
        for (int start = 0; start < width; start += BLOCK) {
            int size = Math.min(BLOCK, width - start);
            if (tokens == 1 && storage != Storage.F32 && rows == ROWS && width == k) {
                halves(x + 4L * start, w + 2L * ((long) row * k + start), size / LENGTH, scratch);
                LaneSums.sixteen(scratch, GROUP, y + 4L * row, ROWS, start > 0, spare);
                continue;
            }
            long floats = floats(w, row, rows, start, size, scratch);
            long stride = direct(rows) ? 4L * k : 4L * size;
            for (int t = 0, tile; t < tokens; t += tile) {
                tile = ColumnTile.rows(tokens - t);
                for (int g = 0; g < ROWS / DotTile.ROWS; g++) {
                    DotTile.run(tile, x + 4L * ((long) t * width + start), 4L * width, floats + g * DotTile.ROWS * stride,
                        stride, size / LENGTH, scratch + (long) g * GROUP);
                }
                for (int i = 0; i < tile; i++) {
                    LaneSums.sixteen(scratch + (long) i * DotTile.ROWS * BYTES, GROUP, y + 4L * ((long) (t + i) * n + row), rows,
                        start > 0, spare);
                }
            }
        }
    }

    private void halves(long x, long w, int steps, long sums) {
        for (int g = 0; g < ROWS / DotTile.ROWS; g++) {
            long rows = w + 2L * g * DotTile.ROWS * k;
            if (storage == Storage.BF16) {
                HalfTile.bf16(x, rows, 2L * k, steps, sums + (long) g * GROUP);
            } else {
                HalfTile.f16(x, rows, 2L * k, steps, sums + (long) g * GROUP);
            }
        }
    }

    private boolean direct(int rows) {
        return storage == Storage.F32 && rows == ROWS && width == k;
    }

    /** Where sixteen rows of a block lie as floats: in the weights themselves, or expanded and filled up with zeros. */
    private long floats(long w, int row, int rows, int start, int size, long scratch) {
        if (direct(rows)) {
            return w + 4L * ((long) row * k + start);
        }
        long to = scratch + sumsBytes() + Transposition.SQUARE;
        int real = Math.min(size, k - start);
        for (int r = 0; r < ROWS; r++) {
            if (r < rows) {
                storage.expand(w + storage.bytes() * ((long) (row + r) * k + start), to + 4L * r * size, real);
                Lanes.zero(to + 4L * (r * size + real), 4L * (size - real));
            } else {
                Lanes.zero(to + 4L * r * size, 4L * size);
            }
        }
        return to;
    }

    /** Tokens {@code from} to {@code to} by the rows of weights that make one panel. */
    private void panel(long x, long w, long y, int from, int to, int row, long scratch) {
        long panel = scratch + sumsBytes() + Transposition.SQUARE + 4L * ROWS * block();
        int columns = Math.min(ColumnTile.COLUMNS, n - row);
        for (int start = 0; start < width; start += BLOCK) {
            int size = Math.min(BLOCK, width - start);
            int steps = size / LENGTH;
            turn(w, row, columns, start, size, scratch, panel);
            for (int t = from, tile; t < to; t += tile) {
                tile = ColumnTile.rows(to - t);
                for (int phase = 0; phase < LENGTH; phase++) {
                    ColumnTile.run(tile, x + 4L * ((long) t * width + start + phase), 4L * width, BYTES,
                        panel + (long) phase * steps * ColumnTile.PANEL_ROW, ColumnTile.PANEL_ROW, steps,
                        scratch + (long) phase * ColumnTile.SUMS);
                }
                for (int i = 0; i < tile; i++) {
                    finish(scratch + (long) i * ColumnTile.PANEL_ROW, y + 4L * ((long) (t + i) * n + row), columns, start > 0);
                }
            }
        }
    }

    /** Packs a panel {@code [phase][step][columns]}. */
    private void turn(long w, int row, int columns, int start, int size, long scratch, long panel) {
        int steps = size / LENGTH;
        for (int c = 0; c < ColumnTile.COLUMNS; c += ROWS) {
            int rows = Math.clamp(columns - c, 0, ROWS);
            long floats = floats(w, row + c, rows, start, size, scratch);
            long stride = direct(rows) ? 4L * k : 4L * size;
            for (int part = 0; part < ROWS; part += LENGTH) {
                for (int step = 0; step < steps; step++) {
                    Transposition.square(floats + part * stride + (long) BYTES * step, stride,
                        panel + (long) step * ColumnTile.PANEL_ROW + 4L * (c + part), (long) steps * ColumnTile.PANEL_ROW,
                        scratch + sumsBytes());
                }
            }
        }
    }

    private static void finish(long sums, long y, int columns, boolean add) {
        for (int v = 0; v < ColumnTile.VECTORS; v++) {
            long at = sums + (long) v * BYTES;
            LaneSums.phases(at, ColumnTile.SUMS, at);
            Columns.store(at, y + (long) v * BYTES, columns - v * LENGTH, add);
        }
    }
}
