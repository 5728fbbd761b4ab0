package dev.transom.kernels.x86.internal;

import dev.transom.api.kernel.KernelArguments;
import dev.transom.api.kernel.Threads;

/**
 * {@code x […, k] · w}, w {@code [k, n]} in F32, F16 or BF16: GPT-2's layers, and the gradient of {@link ByRows}'s input. Few
 * tokens read the weights as they lie, many in panels; both add in the same order.
 */
final class ByColumns extends PackedProduct {

    /** From so many tokens on packing pays. */
    private static final int MANY = 6;
    /** Columns that few tokens take at once: their sums stay in the first-level cache. */
    private static final int CHUNK = 1024;

    private final Storage storage;
    private final int k;
    private final long maxTokens;
    private final Threads.Part few = this::few;

    ByColumns(Storage storage, int k, int n, long maxTokens) {
        super(n, k, maxTokens);
        this.storage = storage;
        this.k = k;
        this.maxTokens = maxTokens;
    }

    @Override
    public long scratchBytes() {
        long few = 4L * CHUNK * (MANY - 1);
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
        return columns == 0 ? 0 : (int) (arguments.outputElements(0) / columns);
    }

    @Override
    int depth(KernelArguments arguments) {
        return k;
    }

    @Override
    void lines(KernelArguments arguments, int row, int start, int there, int steps, long to, long spare) {
        Packing.TURNED.pack(Storage.F32, arguments.inputAddress(0) + 4 * ((long) row * k + start), 4L * k,
            Math.min(Packing.EIGHT, rows(arguments) - row), there, steps, to, Tile.LINE, spare);
    }

    @Override
    void panel(KernelArguments arguments, int column, int start, int there, int steps, long to, long spare) {
        Packing.STRAIGHT.pack(storage, arguments.inputAddress(1) + storage.bytes() * ((long) start * columns + column),
            (long) storage.bytes() * columns, Math.min(Packing.EIGHT, columns - column), there, steps, to, Tile.PANEL_ROW, spare);
    }

    @Override
    void fetch(KernelArguments arguments, int column, int start, int there, int part) {
        fetchColumns(arguments.inputAddress(1), storage, columns, column, start, there, part);
    }

    /** Part of the rows of a panel's columns. */
    static void fetchColumns(long w, Storage storage, int columns, int column, int start, int there, int part) {
        long stride = (long) storage.bytes() * columns;
        int first = Share.start(there, part, FETCHES);
        Fetch.rows(w + (start + first) * stride + (long) storage.bytes() * column, stride,
            Share.end(there, part, FETCHES) - first, (long) storage.bytes() * Math.min(Tile.COLUMNS, columns - column));
    }

    private void few(KernelArguments arguments, int thread, int threads) {
        int tokens = rows(arguments);
        int whole = columns / Packing.EIGHT;
        int end = Share.end(whole, thread, threads) * Packing.EIGHT;
        for (int c = Share.start(whole, thread, threads) * Packing.EIGHT; c < end; c += CHUNK) {
            few(arguments, tokens, c, Math.min(CHUNK, end - c), arguments.scratchAddress(thread));
        }
        if (thread == threads - 1) {
            for (int c = whole * Packing.EIGHT; c < columns; c++) {
                plain(arguments, tokens, c);
            }
        }
    }

    private void few(KernelArguments arguments, int tokens, int column, int count, long sums) {
        long stride = (long) storage.bytes() * columns;
        long w = arguments.inputAddress(1) + (long) storage.bytes() * column;
        for (int start = 0, size; start < k; start += size) {
            size = Blocks.size(k, start);
            Ram.zero(sums, 4L * CHUNK * tokens);
            for (int i = start; i < start + size; i += RowSums.ROWS) {
                for (int t = 0; t < tokens; t++) {
                    RowSums.run(storage, Math.min(RowSums.ROWS, start + size - i), w + i * stride, stride, count,
                        arguments.inputAddress(0) + 4 * ((long) t * k + i), sums + 4L * CHUNK * t);
                }
            }
            for (int t = 0; t < tokens; t++) {
                RowSums.add(start > 0, sums + 4L * CHUNK * t, arguments.outputAddress(0) + 4 * ((long) t * columns + column),
                    count);
            }
        }
    }

    /** A column that no vector holds. */
    private void plain(KernelArguments arguments, int tokens, int column) {
        for (int t = 0; t < tokens; t++) {
            float y = 0;
            for (int start = 0, size; start < k; start += size) {
                size = Blocks.size(k, start);
                float sum = 0;
                for (int i = start; i < start + size; i++) {
                    sum = Math.fma(storage.real(arguments.inputAddress(1) + storage.bytes() * ((long) i * columns + column)),
                        Ram.real(arguments.inputAddress(0) + 4 * ((long) t * k + i)), sum);
                }
                y += sum;
            }
            Ram.real(arguments.outputAddress(0) + 4 * ((long) t * columns + column), y);
        }
    }
}
