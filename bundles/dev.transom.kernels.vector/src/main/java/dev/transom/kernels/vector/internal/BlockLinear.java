package dev.transom.kernels.vector.internal;

import static dev.transom.kernels.vector.internal.Lanes.BYTES;
import static dev.transom.kernels.vector.internal.Lanes.LENGTH;

import dev.transom.api.kernel.KernelArguments;
import dev.transom.api.kernel.Threads;

/**
 * {@code x […, k] · wᵀ}, w {@code [n, k]} in blocks, exactly as {@link LinearKernel} computes with the expanded weights: the same order of
 * additions for any number of tokens. Rows of weights are expanded to floats piece by piece, once for all tokens; for one token the usual
 * formats are expanded in registers ({@link SmallDots}, {@link LargeDots}).
 */
final class BlockLinear extends PackedProduct {

    /** Elements of k in one block of the sum: whole blocks of every format. */
    private static final int BLOCK = 128 * LENGTH;
    private static final int MANY = 16;
    private static final int ROWS = LaneSums.ROWS;
    private static final int APART = ROWS / DotTile.ROWS;
    private static final long SUMS = (long) DotTile.TOKENS * ROWS * BYTES;

    private final BlockStorage storage;
    private final int n;
    private final int k;
    private final long maxTokens;
    private final Threads.Part few = this::few;

    /** @param k a multiple of the elements of a block */
    BlockLinear(BlockStorage storage, int n, int k, long maxTokens) {
        super(n, LENGTH, Math.min(BLOCK, k), maxTokens, Lines.SPARE + 4L * Math.max(ROWS, Tile.COLUMNS) * Math.min(BLOCK, k));
        this.storage = storage;
        this.n = n;
        this.k = k;
        this.maxTokens = maxTokens;
    }

    /** For few tokens: sums, what adds them, rows of weights as floats. */
    @Override
    public long scratchBytes() {
        long dots = SUMS + LaneSums.SPARE + 4L * ROWS * Math.min(BLOCK, k);
        return maxTokens < MANY ? dots : Math.max(dots, super.scratchBytes());
    }

    @Override
    public long sharedScratchBytes() {
        return maxTokens < MANY ? 0 : super.sharedScratchBytes();
    }

    @Override
    public void run(KernelArguments arguments, Threads threads) {
        int tokens = rows(arguments);
        if (tokens >= MANY) {
            super.run(arguments, threads);
        } else if (tokens > 0) {
            threads.run(few, arguments);
        }
    }

    @Override
    int rows(KernelArguments arguments) {
        return (int) (arguments.elements(0) / k);
    }

    @Override
    int depth(KernelArguments arguments) {
        return k;
    }

    @Override
    void lines(KernelArguments arguments, int row, int rows, int start, int size, long to, long phase, long spare) {
        int there = Math.min(Tile.LINE_FLOATS, rows(arguments) - row);
        Lines.turn(arguments.inputAddress(0) + 4 * ((long) row * k + start), 4L * k, there, size, size, phase, to, spare);
    }

    @Override
    void panel(KernelArguments arguments, int column, int count, int start, int size, long to, long spare) {
        long phase = (long) size / LENGTH * Tile.PANEL_ROW;
        for (int c = 0; c < count; c += LENGTH) {
            int rows = Math.min(LENGTH, count - c);
            long floats = spare + Lines.SPARE;
            expand(arguments.inputAddress(1), column + c, rows, LENGTH, start, size, floats);
            for (int step = 0; step < size / LENGTH; step++) {
                Transposition.square(floats + (long) BYTES * step, 4L * size, to + (long) step * Tile.PANEL_ROW + 4L * c, phase, spare);
            }
        }
    }

    private void few(KernelArguments arguments, int thread, int threads) {
        int tokens = rows(arguments);
        int groups = Math.ceilDiv(n, ROWS);
        long sums = arguments.scratchAddress(thread);
        for (int g = Share.start(groups, thread, threads); g < Share.end(groups, thread, threads); g++) {
            dots(arguments.inputAddress(0), arguments.inputAddress(1), arguments.outputAddress(0), tokens, g * ROWS, sums);
        }
    }

    /** All tokens by sixteen rows of weights. */
    private void dots(long x, long w, long y, int tokens, int row, long sums) {
        int rows = Math.min(ROWS, n - row);
        long spare = sums + SUMS;
        long floats = spare + LaneSums.SPARE;
        for (int start = 0; start < k; start += BLOCK) {
            int size = Math.min(BLOCK, k - start);
            if (tokens == 1 && storage.direct()) {
                for (int r = 0; r < rows; r++) {
                    storage.dot(x + 4L * start, w + storage.offset((long) (row + r) * k + start), size, sums + (long) r * BYTES);
                }
                LaneSums.addTo(y + 4L * row, sums, rows, start == 0, spare);
                continue;
            }
            expand(w, row, rows, ROWS, start, size, floats);
            for (int t = 0, tile; t < tokens; t += tile) {
                tile = DotTile.tokens(tokens - t);
                for (int g = 0; g < APART; g++) {
                    DotTile.run(tile, x + 4L * ((long) t * k + start), 4L * k, floats + 4L * g * size, 4L * APART * size, size / LENGTH,
                        sums + (long) g * BYTES);
                }
                for (int i = 0; i < tile; i++) {
                    LaneSums.addTo(y + 4L * ((long) (t + i) * n + row), sums + (long) i * ROWS * BYTES, rows, start == 0, spare);
                }
            }
        }
    }

    /** Rows of a block of weights as floats {@code [wanted, size]}, filled up with zeros. */
    private void expand(long w, int row, int rows, int wanted, int start, int size, long to) {
        for (int r = 0; r < rows; r++) {
            storage.expand(w + storage.offset((long) (row + r) * k + start), to + 4L * r * size, size);
        }
        Lanes.zero(to + 4L * rows * size, 4L * (wanted - rows) * size);
    }
}
