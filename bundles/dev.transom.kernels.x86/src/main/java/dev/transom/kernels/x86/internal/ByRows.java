package dev.transom.kernels.x86.internal;

import dev.transom.api.kernel.KernelArguments;
import dev.transom.api.kernel.Threads;

/**
 * {@code x […, k] · wᵀ}, w {@code [n, k]} in F32, F16 or BF16: the layer as most checkpoints store it. Few tokens read the
 * weights as they lie, at memory's speed, many in panels. In exact numerics both add in the same order, so a token has the
 * same bits in any company; in fast numerics few tokens take the rows one after the other.
 */
final class ByRows extends PackedProduct {

    private static final int EIGHT = Packing.EIGHT;
    /** Rows taken at a time by streamed dot products. */
    private static final int ROWS = 16;

    private final Storage storage;
    private final int k;
    private final long maxTokens;
    private final boolean streamed;
    private final Threads.Part few = this::few;
    private final Threads.Part stream = this::stream;

    ByRows(Storage storage, int k, int n, long maxTokens, boolean fast) {
        super(n, k, maxTokens);
        this.storage = storage;
        this.k = k;
        this.maxTokens = maxTokens;
        this.streamed = fast && k % EIGHT == 0;
    }

    /** For few tokens: sums, eight rows by eight elements that are not whole, eight elements of each token. */
    @Override
    public long scratchBytes() {
        long few = RowDots.SUMS + 2 * Packing.SPARE + 4L * EIGHT * RowDots.TOKENS;
        return maxTokens <= RowDots.TOKENS ? few : Math.max(few, super.scratchBytes());
    }

    @Override
    public long sharedScratchBytes() {
        return maxTokens <= RowDots.TOKENS ? COUNTER : super.sharedScratchBytes();
    }

    @Override
    public void run(KernelArguments arguments, Threads threads) {
        int tokens = rows(arguments);
        if (tokens > RowDots.TOKENS || k == 0) {
            super.run(arguments, threads);
        } else if (tokens > 0) {
            if (streamed) {
                Ram.number(arguments.sharedScratchAddress(), 0);
            }
            threads.run(streamed ? stream : few, arguments);
        }
    }

    @Override
    int rows(KernelArguments arguments) {
        return columns == 0 ? 0 : (int) (arguments.outputElements(0) / columns);
    }

    @Override
    int depth(KernelArguments arguments) {
        return k;
    }

    @Override
    void lines(KernelArguments arguments, int row, int start, int there, int steps, long to, long spare) {
        Packing.TURNED.pack(Storage.F32, arguments.inputAddress(0) + 4 * ((long) row * k + start), 4L * k,
            Math.min(EIGHT, rows(arguments) - row), there, steps, to, Tile.LINE, spare);
    }

    @Override
    void panel(KernelArguments arguments, int column, int start, int there, int steps, long to, long spare) {
        Packing.TURNED.pack(storage, arguments.inputAddress(1) + storage.bytes() * ((long) column * k + start),
            (long) storage.bytes() * k, Math.min(EIGHT, columns - column), there, steps, to, Tile.PANEL_ROW, spare);
    }

    @Override
    void fetch(KernelArguments arguments, int column, int start, int there, int part) {
        int rows = Tile.COLUMNS / FETCHES;
        int row = column + part * rows;
        long stride = (long) storage.bytes() * k;
        Fetch.rows(arguments.inputAddress(1) + stride * row + (long) storage.bytes() * start, stride,
            Math.min(rows, columns - row), (long) storage.bytes() * there);
    }

    private void stream(KernelArguments arguments, int thread, int threads) {
        int tokens = rows(arguments);
        long stride = (long) storage.bytes() * k;
        int units = Math.ceilDiv(columns, ROWS);
        int share = Share.atOnce(units, threads);
        for (int next = Ram.next(arguments.sharedScratchAddress()) * share; next < units;
                next = Ram.next(arguments.sharedScratchAddress()) * share) {
            int row = next * ROWS;
            StreamedDots.run(storage, tokens, arguments.inputAddress(1) + stride * row, k,
                Math.min(share * ROWS, columns - row), arguments.inputAddress(0), arguments.outputAddress(0) + 4L * row,
                4L * columns);
        }
    }

    private void few(KernelArguments arguments, int thread, int threads) {
        int tokens = rows(arguments);
        int group = RowDots.octets(tokens) * EIGHT;
        int whole = columns / group;
        long scratch = arguments.scratchAddress(thread);
        int end = Share.end(whole, thread, threads);
        for (int g = Share.start(whole, thread, threads); g < end; g++) {
            dots(arguments, tokens, g * group, group, scratch);
        }
        if (thread == threads - 1) {
            rest(arguments, tokens, whole * group, group, scratch);
        }
    }

    /** Rows that are less than a group: as the group that ends with the last row, or one by one. */
    private void rest(KernelArguments arguments, int tokens, int row, int group, long scratch) {
        if (row < columns && columns >= group) {
            dots(arguments, tokens, columns - group, group, scratch);
            return;
        }
        for (int r = row; r < columns; r++) {
            for (int t = 0; t < tokens; t++) {
                Ram.real(arguments.outputAddress(0) + 4 * ((long) t * columns + r),
                    plain(arguments.inputAddress(1) + storage.bytes() * ((long) r * k), arguments.inputAddress(0) + 4L * t * k));
            }
        }
    }

    private float plain(long w, long x) {
        float y = 0;
        for (int start = 0, size; start < k; start += size) {
            size = Blocks.size(k, start);
            float sum = 0;
            for (int i = start; i < start + size; i++) {
                sum = Math.fma(storage.real(w + (long) storage.bytes() * i), Ram.real(x + 4L * i), sum);
            }
            y += sum;
        }
        return y;
    }

    private void dots(KernelArguments arguments, int tokens, int row, int group, long sums) {
        int even = k / EIGHT * EIGHT;
        long stride = (long) storage.bytes() * k;
        long from = arguments.inputAddress(1) + stride * row;
        long x = arguments.inputAddress(0);
        if (even > 0) {
            RowDots.run(false, storage, tokens, from, stride, even, Blocks.whole(k), x, 4 * k, sums);
        }
        if (even < k) {
            long square = sums + RowDots.SUMS;
            long ends = square + 2 * Packing.SPARE;
            int bytes = (k - even) * storage.bytes();
            Ram.zero(square, 2 * Packing.SPARE + 4L * EIGHT * tokens);
            for (int r = 0; r < group; r++) {
                Ram.copy(from + r * stride + (long) even * storage.bytes(), square + (long) r * EIGHT * storage.bytes(), bytes);
            }
            for (int t = 0; t < tokens; t++) {
                Ram.copy(x + 4 * ((long) t * k + even), ends + 4L * EIGHT * t, 4L * (k - even));
            }
            RowDots.run(even > 0, storage, tokens, square, (long) EIGHT * storage.bytes(), EIGHT, EIGHT, ends, 4 * EIGHT, sums);
        }
        long y = arguments.outputAddress(0) + 4L * row;
        for (int t = 0; t < tokens; t++) {
            for (int r = 0; r < group; r += EIGHT) {
                long part = sums + 32L * (r / EIGHT * tokens + t);
                for (int i = 0; i < 32; i += 8) {
                    Ram.number(y + 4 * ((long) t * columns + r) + i, Ram.number(part + i));
                }
            }
        }
    }
}
