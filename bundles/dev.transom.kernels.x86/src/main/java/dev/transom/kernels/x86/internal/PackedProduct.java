package dev.transom.kernels.x86.internal;

import dev.transom.api.kernel.Kernel;
import dev.transom.api.kernel.KernelArguments;
import dev.transom.api.kernel.Threads;

/**
 * A product with many rows, {@code y [rows, columns] = Σ a(row, i) · b(i, column)}, by {@link Tile}s. The sum over i is cut into
 * blocks ({@link Blocks}); a block's sum is added to y. For each block the threads pack a's rows as lines, then take strips of
 * columns as they are free: each strip is packed as panels, which lie in the first-level cache while all lines pass.
 */
abstract class PackedProduct implements Kernel {

    /** Rows packed at once: their lines stay in the second-level cache, or close by. */
    private static final int CHUNK = 768;
    /** Shared scratch: the next unit of work; first row, rows, first i, those there, steps; then the lines. */
    private static final int HEADER = 64;
    /** Bytes of the counter at the start of the header, for kernels that need no more. */
    static final long COUNTER = 8;
    /** Units of work per thread at least, where sizes allow: a thread that is held up loses one of them. */
    static final int UNITS = 4;
    /** Tiles of a unit at least, or packing panels costs more than it should. */
    private static final int TILES = 8;
    /** Parts in which the next panel is fetched while one is multiplied. */
    static final int FETCHES = 4;

    private final Threads.Part packing = this::pack;
    private final Threads.Part multiplying = this::multiply;
    final int columns;
    private final long maxRows;
    private final int block;

    /**
     * @param columns  columns of y
     * @param maxDepth the most i of a run
     * @param maxRows  the most rows of a run
     */
    PackedProduct(int columns, long maxDepth, long maxRows) {
        this(columns, maxDepth, maxRows, Blocks.largest(maxDepth));
    }

    /** @param block the most i of a block of the sum, where {@link #size} is overridden */
    PackedProduct(int columns, long maxDepth, long maxRows, int block) {
        this.columns = columns;
        this.block = (int) Math.min(block, steps((int) Math.min(block, maxDepth)));
        this.maxRows = maxRows;
    }

    abstract int rows(KernelArguments arguments);

    /** How many i there are. */
    abstract int depth(KernelArguments arguments);

    /** How many i the block of the sum has that begins at {@code start}. */
    int size(int depth, int start) {
        return Blocks.size(depth, start);
    }

    /** Does one thread's share of what a block needs before panels are packed. */
    void share(KernelArguments arguments, int start, int there, int thread, int threads) {
    }

    /** Packs rows (at most {@link Tile#ROWS}) as lines. */
    abstract void lines(KernelArguments arguments, int row, int start, int there, int steps, long to, long spare);

    /** Packs eight columns, or as many as there are, as half a panel. */
    abstract void panel(KernelArguments arguments, int column, int start, int there, int steps, long to, long spare);

    /** Asks for one of {@link #FETCHES} parts of a panel to be packed next. */
    abstract void fetch(KernelArguments arguments, int column, int start, int there, int part);

    /** A panel and what packing needs. */
    @Override
    public long scratchBytes() {
        return Packing.SPARE + (long) block * Tile.PANEL_ROW;
    }

    @Override
    public long sharedScratchBytes() {
        return HEADER + Math.ceilDiv(Math.min(maxRows, CHUNK), Tile.ROWS) * Tile.bytes(block);
    }

    @Override
    public void run(KernelArguments arguments, Threads threads) {
        int rows = rows(arguments);
        int depth = depth(arguments);
        if (rows == 0 || columns == 0) {
            return;
        }
        if (depth == 0) {
            Ram.zero(arguments.outputAddress(0), 4L * rows * columns);
            return;
        }
        int chunks = Math.ceilDiv(rows, CHUNK);
        int chunk = Math.ceilDiv(Math.ceilDiv(rows, chunks), Tile.ROWS) * Tile.ROWS;
        long header = arguments.sharedScratchAddress();
        for (int row = 0; row < rows; row += chunk) {
            for (int start = 0, there; start < depth; start += there) {
                there = size(depth, start);
                Ram.number(header, 0);
                Ram.number(header + 8, row);
                Ram.number(header + 16, Math.min(chunk, rows - row));
                Ram.number(header + 24, start);
                Ram.number(header + 32, there);
                threads.run(packing, arguments);
                threads.run(multiplying, arguments);
            }
        }
    }

    private static int steps(int there) {
        return Math.ceilDiv(there, Tile.STEPS) * Tile.STEPS;
    }

    private void pack(KernelArguments arguments, int thread, int threads) {
        long header = arguments.sharedScratchAddress();
        int row = (int) Ram.number(header + 8);
        int tiles = Math.ceilDiv((int) Ram.number(header + 16), Tile.ROWS);
        int start = (int) Ram.number(header + 24);
        int there = (int) Ram.number(header + 32);
        int steps = steps(there);
        int end = Share.end(tiles, thread, threads);
        for (int t = Share.start(tiles, thread, threads); t < end; t++) {
            lines(arguments, row + t * Tile.ROWS, start, there, steps, header + HEADER + t * Tile.bytes(steps),
                arguments.scratchAddress(thread));
        }
        share(arguments, start, there, thread, threads);
    }

    /** Takes panels of columns, or where there are few of them, panels by parts of the rows. */
    private void multiply(KernelArguments arguments, int thread, int threads) {
        long header = arguments.sharedScratchAddress();
        int row = (int) Ram.number(header + 8);
        int rows = (int) Ram.number(header + 16);
        int start = (int) Ram.number(header + 24);
        int there = (int) Ram.number(header + 32);
        int steps = steps(there);
        int tiles = Math.ceilDiv(rows, Tile.ROWS);
        int panels = Math.ceilDiv(columns, Tile.COLUMNS);
        int parts = Math.clamp(Math.ceilDiv(UNITS * threads, panels), 1, Math.max(1, tiles / TILES));
        long spare = arguments.scratchAddress(thread);
        long panel = spare + Packing.SPARE;
        int packed = -1;
        int units = panels * parts;
        for (int unit = Ram.next(header), following; unit < units; unit = following) {
            following = Ram.next(header);
            int column = unit / parts * Tile.COLUMNS;
            if (packed != column) {
                panel(arguments, column, start, there, steps, panel, spare);
                if (column + Packing.EIGHT < columns) {
                    panel(arguments, column + Packing.EIGHT, start, there, steps, panel + 32, spare);
                }
                packed = column;
            }
            int next = following / parts * Tile.COLUMNS;
            int first = Share.start(tiles, unit % parts, parts);
            int last = Share.end(tiles, unit % parts, parts);
            for (int part = 0; part < FETCHES; part++) {
                int tile = first + Share.start(last - first, part, FETCHES);
                int end = first + Share.end(last - first, part, FETCHES);
                if (next != column && following < units) {
                    fetch(arguments, next, start, there, part);
                }
                if (tile < end) {
                    Tile.run(start > 0, header + HEADER + tile * Tile.bytes(steps), panel, steps,
                        Math.min(end * Tile.ROWS, rows) - tile * Tile.ROWS, Math.min(Tile.COLUMNS, columns - column),
                        arguments.outputAddress(0) + 4 * ((long) (row + tile * Tile.ROWS) * columns + column), 4L * columns);
                }
            }
        }
    }
}
