package dev.transom.kernels.x86.internal;

import dev.transom.api.kernel.KernelArguments;
import dev.transom.api.kernel.Threads;

/**
 * {@code x […, k] · wᵀ}, w {@code [n, k]} in a format of blocks. Many tokens: rows are expanded to floats as panels are
 * packed, once for all tokens. Few: in fast numerics activations become integers of eight bits too, and rows are read at
 * memory's speed; in exact numerics rows are expanded a block at a time, and a token has the bits that it has in any company.
 */
final class BlocksByRows extends PackedProduct {

    private static final int EIGHT = Packing.EIGHT;
    /** Elements of a block of a sum: whole blocks of every format. */
    private static final int BLOCK = 256;
    /** From so many tokens on expanding pays, in fast numerics. */
    private static final int MANY = 16;
    /** Rows taken at a time by fast dot products; their bytes stay in the first-level cache for the next token. */
    private static final int ROWS = 16;

    private final BlockFormat format;
    private final int k;
    private final boolean fast;
    private final long maxTokens;
    private final int few;
    private final Threads.Part dots = this::dots;
    private final Threads.Part exactDots = this::exactDots;

    BlocksByRows(BlockFormat format, int k, int n, long maxTokens, boolean fast) {
        super(n, k, maxTokens, BLOCK);
        this.format = format;
        this.k = k;
        this.fast = fast;
        this.maxTokens = maxTokens;
        this.few = fast ? MANY - 1 : RowDots.TOKENS;
    }

    private int group(int tokens) {
        return RowDots.octets(tokens) * EIGHT;
    }

    /** Expanded rows of half a panel, or for few tokens, of one group; or records of activations. */
    @Override
    public long scratchBytes() {
        long floats = 4L * BLOCK * group(1);
        long small = fast ? Activations.bytes(format, k) * Math.min(few, maxTokens) : RowDots.SUMS + floats;
        return maxTokens <= few ? small : Math.max(small, super.scratchBytes() + floats);
    }

    @Override
    public long sharedScratchBytes() {
        return maxTokens <= few ? COUNTER : super.sharedScratchBytes();
    }

    @Override
    public void run(KernelArguments arguments, Threads threads) {
        int tokens = rows(arguments);
        if (tokens > few || k == 0) {
            super.run(arguments, threads);
        } else if (tokens > 0) {
            Ram.number(arguments.sharedScratchAddress(), 0);
            threads.run(fast ? dots : exactDots, arguments);
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
    int size(int depth, int start) {
        return Math.min(BLOCK, depth - start);
    }

    @Override
    void lines(KernelArguments arguments, int row, int start, int there, int steps, long to, long spare) {
        Packing.TURNED.pack(Storage.F32, arguments.inputAddress(0) + 4 * ((long) row * k + start), 4L * k,
            Math.min(EIGHT, rows(arguments) - row), there, steps, to, Tile.LINE, spare);
    }

    @Override
    void panel(KernelArguments arguments, int column, int start, int there, int steps, long to, long spare) {
        long floats = spare + super.scratchBytes();
        int rows = Math.min(EIGHT, columns - column);
        expand(arguments, column, start, there, rows, floats);
        Packing.TURNED.pack(Storage.F32, floats, 4L * BLOCK, rows, there, steps, to, Tile.PANEL_ROW, spare);
    }

    private void expand(KernelArguments arguments, int row, int start, int there, int rows, long to) {
        Expansion.run(format, address(arguments, row) + (long) start / format.elements() * format.bytes(), stride(), rows,
            there / format.elements(), to, 4L * BLOCK);
    }

    @Override
    void fetch(KernelArguments arguments, int column, int start, int there, int part) {
        int rows = Tile.COLUMNS / FETCHES;
        int row = column + part * rows;
        Fetch.rows(address(arguments, row) + (long) start / format.elements() * format.bytes(), stride(),
            Math.min(rows, columns - row), (long) there / format.elements() * format.bytes());
    }

    /** Bytes of a row. */
    private long stride() {
        return (long) k / format.elements() * format.bytes();
    }

    private long address(KernelArguments arguments, int row) {
        return arguments.inputAddress(1) + row * stride();
    }

    /** Integers: each thread makes all activations integers, then takes rows as they are free. */
    private void dots(KernelArguments arguments, int thread, int threads) {
        int tokens = rows(arguments);
        long records = arguments.scratchAddress(thread);
        long bytes = Activations.bytes(format, k);
        for (int t = 0; t < tokens; t++) {
            Activations.quantise(format, arguments.inputAddress(0) + 4L * t * k, k, records + t * bytes);
        }
        int units = Math.ceilDiv(columns, ROWS);
        int share = Share.atOnce(units, threads);
        for (int next = Ram.next(arguments.sharedScratchAddress()) * share; next < units;
                next = Ram.next(arguments.sharedScratchAddress()) * share) {
            for (int unit = next; unit < Math.min(units, next + share); unit++) {
                int row = unit * ROWS;
                for (int t = 0; t < tokens; t++) {
                    BlockDots.run(format, address(arguments, row), k / format.elements(), records + t * bytes,
                        arguments.outputAddress(0) + 4 * ((long) t * columns + row), Math.min(ROWS, columns - row));
                }
            }
        }
    }

    /** Floats: groups of rows as they are free. */
    private void exactDots(KernelArguments arguments, int thread, int threads) {
        int tokens = rows(arguments);
        int group = group(tokens);
        int units = Math.ceilDiv(columns, group);
        long sums = arguments.scratchAddress(thread);
        long floats = sums + RowDots.SUMS;
        int blocks = Math.ceilDiv(k, BLOCK);
        for (int unit = Ram.next(arguments.sharedScratchAddress()), following; unit < units; unit = following) {
            following = Ram.next(arguments.sharedScratchAddress());
            int row = unit * group;
            int rows = Math.min(group, columns - row);
            for (int block = 0; block < blocks; block++) {
                int start = block * BLOCK;
                int there = Math.min(BLOCK, k - start);
                if (following < units - 1) {
                    int line = Share.start((int) stride() * group / 64, block, blocks);
                    Fetch.rows(address(arguments, following * group) + 64L * line, 0, 1,
                        64L * (Share.end((int) stride() * group / 64, block, blocks) - line));
                }
                expand(arguments, row, start, there, rows, floats);
                RowDots.run(start > 0, Storage.F32, tokens, floats, 4L * BLOCK, there, BLOCK,
                    arguments.inputAddress(0) + 4L * start, 4 * k, sums);
            }
            for (int t = 0; t < tokens; t++) {
                for (int r = 0; r < rows; r++) {
                    Ram.real(arguments.outputAddress(0) + 4 * ((long) t * columns + row + r),
                        Ram.real(sums + 32L * (r / EIGHT * tokens + t) + r % EIGHT * 4L));
                }
            }
        }
    }
}
