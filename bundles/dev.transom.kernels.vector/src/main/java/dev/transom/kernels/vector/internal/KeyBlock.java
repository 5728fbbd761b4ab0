package dev.transom.kernels.vector.internal;

import static dev.transom.kernels.vector.internal.Lanes.FLOATS;
import static dev.transom.kernels.vector.internal.Lanes.LENGTH;
import static dev.transom.kernels.vector.internal.Lanes.MEMORY;
import static dev.transom.kernels.vector.internal.Lanes.ORDER;

import jdk.incubator.vector.FloatVector;

/**
 * Brings a block of keys or values, which lie one after the other or in the blocks of a paged cache, into the form that
 * {@link Tile} reads. Position p lies at {@code base + p·stride}, or with a block table in slot
 * {@code table[p / blockSize]·blockSize + p mod blockSize}.
 */
final class KeyBlock {

    /** Keys in a block. */
    static final int KEYS = 64;
    /** Stands for the table where there is none. */
    static final long NO_TABLE = 0;

    private KeyBlock() {
    }

    static long address(long base, long stride, long table, int blockSize, int position) {
        if (table == NO_TABLE) {
            return base + position * stride;
        }
        long slot = (long) Lanes.getInt(table + 4L * (position / blockSize)) * blockSize + position % blockSize;
        return base + slot * stride;
    }

    private static boolean together(long table, int blockSize, int position, int count) {
        return table == NO_TABLE || position / blockSize == (position + count - 1) / blockSize;
    }

    /** Bytes of scratch for {@link #turn}: rows that do not lie together, and a square. */
    static long turnScratch(int width) {
        return 4L * LENGTH * Lanes.padded(width) + Transposition.SQUARE;
    }

    /** Writes {@code count} rows of {@code width} from {@code position} as columns of panels {@code [padded width][COLUMNS]}. */
    static void turn(long base, long stride, long table, int blockSize, int position, int count, int width, long panels, long scratch) {
        int padded = Lanes.padded(width);
        long square = scratch + 4L * LENGTH * padded;
        for (int c = 0; c < count; c += LENGTH) {
            int rows = Math.min(count - c, LENGTH);
            long from = scratch;
            long fromStride = 4L * padded;
            if (rows == LENGTH && padded == width && together(table, blockSize, position + c, rows)) {
                from = address(base, stride, table, blockSize, position + c);
                fromStride = stride;
            } else {
                for (int row = 0; row < rows; row++) {
                    Lanes.copy(address(base, stride, table, blockSize, position + c + row), scratch + 4L * row * padded, 4L * width);
                    Lanes.zero(scratch + 4L * (row * padded + width), 4L * (padded - width));
                }
                Lanes.zero(scratch + 4L * rows * padded, 4L * (LENGTH - rows) * padded);
            }
            long panel = panels + (long) c / Tile.COLUMNS * padded * Tile.PANEL_ROW + 4L * (c % Tile.COLUMNS);
            for (int d = 0; d < padded; d += LENGTH) {
                Transposition.square(from + 4L * d, fromStride, panel + (long) d * Tile.PANEL_ROW, Tile.PANEL_ROW, square);
            }
        }
    }

    /** Copies {@code count} rows of {@code width} to panels {@code [KEYS][COLUMNS]}. */
    static void copy(long base, long stride, long table, int blockSize, int position, int count, int width, long panels) {
        for (int row = 0; row < count; row++) {
            long from = address(base, stride, table, blockSize, position + row);
            for (int column = 0; column < width; column += Tile.COLUMNS) {
                long to = panels + ((long) column / Tile.COLUMNS * KEYS + row) * Tile.PANEL_ROW;
                int left = Math.min(Tile.COLUMNS, width - column);
                int i = 0;
                for (; i <= left - LENGTH; i += LENGTH) {
                    FloatVector.fromMemorySegment(FLOATS, MEMORY, from + 4L * (column + i), ORDER)
                        .intoMemorySegment(MEMORY, to + 4L * i, ORDER);
                }
                for (; i < left; i++) {
                    Lanes.set(to + 4L * i, Lanes.get(from + 4L * (column + i)));
                }
            }
        }
    }
}
