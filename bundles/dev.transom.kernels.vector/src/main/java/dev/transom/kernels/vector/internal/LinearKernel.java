package dev.transom.kernels.vector.internal;

import static dev.transom.kernels.vector.internal.Lanes.BYTES;
import static dev.transom.kernels.vector.internal.Lanes.LENGTH;

import dev.transom.api.kernel.KernelArguments;
import dev.transom.api.kernel.Threads;

/**
 * {@code x […, k] · wᵀ}, w {@code [n, k]} in F32, F16 or BF16: the layer as most checkpoints store it.
 *
 * <p><b>One order of additions for any number of tokens</b>, so that a token's result has the same bits alone, in a batch, in a prompt and in
 * decoding. k is cut into blocks; in a block there are LENGTH partial sums, sum l over elements l, l + LENGTH, l + 2·LENGTH …, each by
 * fused multiply-adds upwards from zero; to the result they are added one after the other. For few tokens the partial sums are the
 * lanes of a vector that runs along a row of weights as it lies in the file ({@link DotTile}, {@link HalfTile}), which reads at memory's
 * speed. For many tokens the weights are turned and the partial sums are the phases of a {@link PackedProduct}: the same additions,
 * nearly twice as fast as dot products.
 */
final class LinearKernel extends PackedProduct {

    /** Elements of k in one block. */
    private static final int BLOCK = 128 * LENGTH;
    /** From so many tokens on turning the weights pays. */
    private static final int MANY = 16;
    private static final int ROWS = LaneSums.ROWS;
    /** Rows read at once are so many apart: two of them in one page of memory would keep the processor from reading ahead. */
    private static final int APART = ROWS / DotTile.ROWS;
    private static final long SUMS = (long) DotTile.TOKENS * ROWS * BYTES;

    private final Storage storage;
    private final int n;
    private final int k;
    /** k in whole vectors. */
    private final int width;
    private final long maxTokens;
    private final Pace pace;
    private final Threads.Part few = this::few;

    LinearKernel(Storage storage, int n, int k, long maxTokens, Pace pace) {
        super(n, LENGTH, Math.min(BLOCK, Lanes.padded(k)), maxTokens,
            Lines.SPARE + 4L * Math.max(ROWS, Tile.COLUMNS) * Math.min(BLOCK, Lanes.padded(k)));
        this.storage = storage;
        this.n = n;
        this.k = k;
        this.width = Lanes.padded(k);
        this.maxTokens = maxTokens;
        this.pace = pace;
    }

    /** For few tokens: sums, what adds them, rows of weights as floats. */
    @Override
    public long scratchBytes() {
        long dots = SUMS + LaneSums.SPARE + 4L * ROWS * Math.min(BLOCK, width);
        return maxTokens < MANY ? dots : Math.max(dots, super.scratchBytes());
    }

    /** For few tokens: activations with rows in whole vectors, where they are not. */
    @Override
    public long sharedScratchBytes() {
        long padded = width == k ? 0 : 4L * Math.min(MANY, maxTokens) * width;
        return maxTokens < MANY ? padded : Math.max(padded, super.sharedScratchBytes());
    }

    @Override
    public void run(KernelArguments arguments, Threads threads) {
        int tokens = rows(arguments);
        if (tokens >= MANY) {
            super.run(arguments, threads);
            return;
        }
        for (int t = 0; t < tokens && width != k; t++) {
            long to = arguments.sharedScratchAddress() + 4L * t * width;
            Lanes.copy(arguments.inputAddress(0) + 4L * t * k, to, 4L * k);
            Lanes.zero(to + 4L * k, 4L * (width - k));
        }
        if (tokens > 0) {
            threads.run(few, arguments);
        }
    }

    @Override
    int rows(KernelArguments arguments) {
        return k == 0 ? (int) (arguments.outputElements(0) / Math.max(1, n)) : (int) (arguments.elements(0) / k);
    }

    @Override
    int depth(KernelArguments arguments) {
        return width;
    }

    @Override
    void lines(KernelArguments arguments, int row, int rows, int start, int size, long to, long phase, long spare) {
        int there = Math.min(Tile.LINE_FLOATS, rows(arguments) - row);
        Lines.turn(arguments.inputAddress(0) + 4 * ((long) row * k + start), 4L * k, there, Math.min(size, k - start), size, phase, to,
            spare);
    }

    @Override
    void panel(KernelArguments arguments, int column, int count, int start, int size, long to, long spare) {
        long phase = (long) size / LENGTH * Tile.PANEL_ROW;
        for (int c = 0; c < count; c += LENGTH) {
            int rows = Math.min(LENGTH, count - c);
            boolean direct = direct(rows, LENGTH);
            long floats = direct ? arguments.inputAddress(1) + 4 * ((long) (column + c) * k + start)
                : floats(arguments.inputAddress(1), column + c, rows, LENGTH, start, size, spare + Lines.SPARE);
            long stride = direct ? 4L * k : 4L * size;
            for (int step = 0; step < size / LENGTH; step++) {
                Transposition.square(floats + (long) BYTES * step, stride, to + (long) step * Tile.PANEL_ROW + 4L * c, phase, spare);
            }
        }
    }

    private void few(KernelArguments arguments, int thread, int threads) {
        int tokens = rows(arguments);
        long y = arguments.outputAddress(0);
        if (k == 0) {
            Lanes.zero(y, thread == 0 ? 4L * tokens * n : 0);
            return;
        }
        long x = width == k ? arguments.inputAddress(0) : arguments.sharedScratchAddress();
        int groups = Math.ceilDiv(n, ROWS);
        int start = Share.start(groups, thread, threads);
        int end = Share.end(groups, thread, threads);
        long sums = arguments.scratchAddress(thread);
        int cold = pace.warm() ? start : cold(x, arguments.inputAddress(1), y, tokens, start, end, sums);
        for (int g = cold; g < end; g++) {
            dots(x, arguments.inputAddress(1), y, tokens, g * ROWS, sums);
        }
    }

    /** Groups in a young process, by plain loops or vectors; gives the first that is left when vectors have become quick. */
    private int cold(long x, long w, long y, int tokens, int from, int to, long sums) {
        PlainDots plain = new PlainDots(storage, ROWS, Math.min(BLOCK, width));
        int g = from;
        for (; g < to && !pace.warm(); g++) {
            int row = g * ROWS;
            int rows = Math.min(ROWS, n - row);
            long work = (long) tokens * rows * width;
            long began = System.nanoTime();
            if (pace.vectors()) {
                dots(x, w, y, tokens, row, sums);
                pace.vector(System.nanoTime() - began, work);
            } else {
                plain(plain, x, w, y, tokens, row, rows);
                pace.plain(System.nanoTime() - began, work);
            }
        }
        return g;
    }

    private void plain(PlainDots plain, long x, long w, long y, int tokens, int row, int rows) {
        long element = storage.bytes();
        for (int start = 0; start < width; start += BLOCK) {
            int size = Math.min(BLOCK, width - start);
            plain.weights(w + element * ((long) row * k + start), element * k, rows, size, Math.min(size, k - start));
            for (int t = 0; t < tokens; t++) {
                plain.token(x + 4L * ((long) t * width + start), rows, size, start == 0, y + 4L * ((long) t * n + row));
            }
        }
    }

    /** All tokens by sixteen rows of weights. */
    private void dots(long x, long w, long y, int tokens, int row, long sums) {
        int rows = Math.min(ROWS, n - row);
        long spare = sums + SUMS;
        for (int start = 0; start < width; start += BLOCK) {
            int size = Math.min(BLOCK, width - start);
            if (tokens == 1 && storage != Storage.F32 && rows == ROWS && width == k) {
                halves(x + 4L * start, w + 2L * ((long) row * k + start), size / LENGTH, sums);
                LaneSums.addTo(y + 4L * row, sums, ROWS, start == 0, spare);
                continue;
            }
            boolean direct = direct(rows, ROWS);
            long floats = direct ? w + 4 * ((long) row * k + start)
                : floats(w, row, rows, ROWS, start, size, spare + LaneSums.SPARE);
            long stride = direct ? 4L * k : 4L * size;
            for (int t = 0, tile; t < tokens; t += tile) {
                tile = DotTile.tokens(tokens - t);
                for (int g = 0; g < APART; g++) {
                    DotTile.run(tile, x + 4L * ((long) t * width + start), 4L * width, floats + g * stride, APART * stride,
                        size / LENGTH, sums + (long) g * BYTES);
                }
                for (int i = 0; i < tile; i++) {
                    LaneSums.addTo(y + 4L * ((long) (t + i) * n + row), sums + (long) i * ROWS * BYTES, rows, start == 0, spare);
                }
            }
        }
    }

    private void halves(long x, long w, int steps, long sums) {
        for (int g = 0; g < APART; g++) {
            if (storage == Storage.BF16) {
                HalfTile.bf16(x, w + 2L * g * k, 2L * APART * k, steps, sums + (long) g * BYTES);
            } else {
                HalfTile.f16(x, w + 2L * g * k, 2L * APART * k, steps, sums + (long) g * BYTES);
            }
        }
    }

    private boolean direct(int rows, int wanted) {
        return storage == Storage.F32 && rows == wanted && width == k;
    }

    /** Expands rows of a block of weights to floats {@code [wanted, size]}, filled up with zeros. */
    private long floats(long w, int row, int rows, int wanted, int start, int size, long to) {
        int real = Math.min(size, k - start);
        for (int r = 0; r < rows; r++) {
            storage.expand(w + storage.bytes() * ((long) (row + r) * k + start), to + 4L * r * size, real);
            Lanes.zero(to + 4L * (r * size + real), 4L * (size - real));
        }
        Lanes.zero(to + 4L * rows * size, 4L * (wanted - rows) * size);
        return to;
    }
}
