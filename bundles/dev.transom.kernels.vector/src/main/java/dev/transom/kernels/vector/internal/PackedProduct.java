package dev.transom.kernels.vector.internal;

import dev.transom.api.kernel.Kernel;
import dev.transom.api.kernel.KernelArguments;
import dev.transom.api.kernel.Threads;

/**
 * A product with many rows, {@code y [rows, columns] = Σ a(row, i) · b(i, column)}, by {@link Tile}s: the threads pack a's rows as lines, then
 * share the columns; each packs a strip of panels of b and goes with it along all rows.
 *
 * <p>The sum over i is cut into blocks, a block into phases (phase p holds i = p, p + phases, p + 2·phases …); each phase of each block is
 * summed by itself and added to y in order, so that {@link LinearKernel} gets the additions of a dot product by vectors.
 */
abstract class PackedProduct implements Kernel {

    /** Rows packed at once: whole groups. */
    private static final int CHUNK = 768;
    /** Tiles that one phase of a strip serves while it lies in the first-level cache. */
    private static final int GROUP = 4;
    private static final int GROUP_ROWS = GROUP * Tile.ROWS;
    /** Shared scratch: first row and rows, first i and size of the block at hand; then the lines. */
    private static final int HEADER = 64;

    private final Threads.Part packing = this::pack;
    private final Threads.Part multiplying = this::multiply;
    private final int columns;
    private final int phases;
    private final int block;
    private final long maxRows;
    private final long spareBytes;
    /** Panels that share the lines while those lie in the first-level cache: two of a phase, where all of it would be too much. */
    private final int strip;
    private final int stripColumns;

    /**
     * @param columns    columns of y
     * @param phases     phases of a block
     * @param block      the largest block, a multiple of the phases
     * @param maxRows    the most rows of a run
     * @param spareBytes what {@link #lines} and {@link #panel} need
     */
    PackedProduct(int columns, int phases, int block, long maxRows, long spareBytes) {
        this.columns = columns;
        this.strip = phases > 1 && Tile.VECTORS == 2 ? 2 : 1;
        this.stripColumns = strip * Tile.COLUMNS;
        this.phases = phases;
        this.block = block;
        this.maxRows = maxRows;
        this.spareBytes = (spareBytes + 63) / 64 * 64;
    }

    abstract int rows(KernelArguments arguments);

    /** How many i there are: whole phases, filled up with zeros. */
    abstract int depth(KernelArguments arguments);

    /**
     * Packs {@code rows}, at most {@link Tile#ROWS}, as lines {@code [phase][size / phases]}.
     *
     * @param phase bytes from one phase to the next
     */
    abstract void lines(KernelArguments arguments, int row, int rows, int start, int size, long to, long phase, long spare);

    /** Packs columns as a panel {@code [phase][size / phases][COLUMNS]}; columns that are wanting may hold anything. */
    abstract void panel(KernelArguments arguments, int column, int count, int start, int size, long to, long spare);

    /** Where the scratch shared by the threads begins. */
    long shared(KernelArguments arguments) {
        return arguments.sharedScratchAddress();
    }

    /** Where the rows of y begin. */
    long result(KernelArguments arguments) {
        return arguments.outputAddress(0);
    }

    /** Whether the product is added to what y holds. */
    boolean adds(KernelArguments arguments) {
        return false;
    }

    private long panelBytes() {
        return (long) block * Tile.PANEL_ROW;
    }

    /** Spare, a strip of panels, rows of y of a strip. */
    @Override
    public long scratchBytes() {
        return spareBytes + strip * panelBytes() + (long) GROUP_ROWS * strip * Tile.PANEL_ROW;
    }

    @Override
    public long sharedScratchBytes() {
        return HEADER + Math.ceilDiv(Math.min(maxRows, CHUNK), GROUP_ROWS) * (long) GROUP * block * Tile.LINE;
    }

    @Override
    public void run(KernelArguments arguments, Threads threads) {
        int rows = rows(arguments);
        int depth = depth(arguments);
        if (depth == 0 && !adds(arguments)) {
            Lanes.zero(result(arguments), 4L * rows * columns);
        }
        long header = shared(arguments);
        for (int row = 0; row < rows && columns > 0; row += CHUNK) {
            for (int start = 0; start < depth; start += block) {
                Lanes.setInt(header, row);
                Lanes.setInt(header + 4, Math.min(CHUNK, rows - row));
                Lanes.setInt(header + 8, start);
                Lanes.setInt(header + 12, Math.min(block, depth - start));
                threads.run(packing, arguments);
                threads.run(multiplying, arguments);
            }
        }
    }

    private void pack(KernelArguments arguments, int thread, int threads) {
        long header = shared(arguments);
        int row = Lanes.getInt(header);
        int rows = Lanes.getInt(header + 4);
        int start = Lanes.getInt(header + 8);
        int size = Lanes.getInt(header + 12);
        int tiles = Math.ceilDiv(rows, Tile.ROWS);
        for (int t = Share.start(tiles, thread, threads); t < Share.end(tiles, thread, threads); t++) {
            lines(arguments, row + t * Tile.ROWS, Math.min(Tile.ROWS, rows - t * Tile.ROWS), start, size,
                lineAddress(header, t, 0, size), (long) GROUP * size / phases * Tile.LINE, arguments.scratchAddress(thread));
        }
    }

    /** Lines lie in the order in which they are read: {@code [group][phase][tile][step]}. */
    private long lineAddress(long header, int tile, int phase, int size) {
        long steps = size / phases;
        return header + HEADER + (((long) tile / GROUP * phases + phase) * GROUP + tile % GROUP) * steps * Tile.LINE;
    }

    /** Units of work are strips of panels, or where those do not divide well, parts of the rows by a strip. */
    private void multiply(KernelArguments arguments, int thread, int threads) {
        long header = shared(arguments);
        int groups = Math.ceilDiv(Lanes.getInt(header + 4), GROUP_ROWS);
        int start = Lanes.getInt(header + 8);
        int size = Lanes.getInt(header + 12);
        int strips = Math.ceilDiv(columns, stripColumns);
        int parts = strips % threads == 0 || strips > 16 * threads ? 1 : Math.min(threads, groups);
        int from = Share.start(strips * parts, thread, threads);
        int to = Share.end(strips * parts, thread, threads);
        long spare = arguments.scratchAddress(thread);
        for (int s = from / parts; s * parts < to; s++) {
            for (int p = 0; p < strip && s * stripColumns + p * Tile.COLUMNS < columns; p++) {
                int column = s * stripColumns + p * Tile.COLUMNS;
                panel(arguments, column, Math.min(Tile.COLUMNS, columns - column), start, size, spare + spareBytes + p * panelBytes(),
                    spare);
            }
            int first = Share.start(groups, Math.max(0, from - s * parts), parts);
            int last = Share.start(groups, Math.min(parts, to - s * parts), parts);
            for (int g = first; g < last; g++) {
                group(arguments, g * GROUP, s * stripColumns, spare);
            }
        }
    }

    /**
     * Some tiles of rows by a strip. With several phases y is gathered in scratch, for its rows may lie where they drive each other from
     * the cache.
     */
    private void group(KernelArguments arguments, int tile, int column, long spare) {
        long header = shared(arguments);
        int rows = Math.min(GROUP_ROWS, Lanes.getInt(header + 4) - tile * Tile.ROWS);
        boolean first = Lanes.getInt(header + 8) == 0 && !adds(arguments);
        int size = Lanes.getInt(header + 12);
        int count = Math.min(stripColumns, columns - column);
        long y = result(arguments) + 4 * ((long) (Lanes.getInt(header) + tile * Tile.ROWS) * columns + column);
        boolean direct = phases == 1 && count == stripColumns;
        long sums = direct ? y : spare + spareBytes + strip * panelBytes();
        long stride = direct ? 4L * columns : (long) strip * Tile.PANEL_ROW;
        for (int row = 0; row < rows; row++) {
            if (first) {
                Lanes.zero(sums + row * stride, (long) strip * Tile.PANEL_ROW);
            } else if (!direct) {
                Columns.copy(y + 4L * row * columns, sums + row * stride, count);
            }
        }
        int steps = size / phases;
        for (int phase = 0; phase < phases; phase++) {
            for (int row = 0; row < rows; row += Tile.ROWS) {
                long lines = lineAddress(header, tile + row / Tile.ROWS, phase, size);
                for (int c = 0; c < count; c += Tile.COLUMNS) {
                    tiles(Math.min(Tile.ROWS, rows - row), lines,
                        spare + spareBytes + c / Tile.COLUMNS * panelBytes() + (long) phase * steps * Tile.PANEL_ROW, steps,
                        sums + row * stride + 4L * c, stride);
                }
            }
        }
        for (int row = 0; row < rows && !direct; row++) {
            Columns.copy(sums + row * stride, y + 4L * row * columns, count);
        }
    }

    /** At most {@link Tile#ROWS} rows. */
    static void tiles(int rows, long lines, long panel, int steps, long y, long stride) {
        for (int row = 0, tile; row < rows; row += tile) {
            tile = Tile.rows(rows - row);
            Tile.run(tile, lines + 4L * row, panel, steps, y + row * stride, stride);
        }
    }
}
