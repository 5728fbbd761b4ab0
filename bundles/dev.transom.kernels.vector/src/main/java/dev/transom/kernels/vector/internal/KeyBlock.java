package dev.transom.kernels.vector.internal;

import static dev.transom.kernels.vector.internal.Lanes.FLOATS;
import static dev.transom.kernels.vector.internal.Lanes.LENGTH;
import static dev.transom.kernels.vector.internal.Lanes.MEMORY;
import static dev.transom.kernels.vector.internal.Lanes.ORDER;

import jdk.incubator.vector.FloatVector;

/**
 * Brings a block of keys or values, which lie one after the other or in the blocks of a paged cache, into the form that
 * {@link ColumnTile} reads. Position p lies at {@code base + p·stride}, or with a block table in slot
 * {@code table[p / blockSize]·blockSize + p mod blockSize}.
 */
final class KeyBlock {

    /** Stands for the table where there is none. */
    static final long NO_TABLE = 0;

    private KeyBlock() {
    }

    private static long address(long base, long stride, long table, int blockSize, int position) {
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

    /**
     * Writes {@code count} rows of {@code width} from {@code position} as columns of a panel {@code [padded width][COLUMNS]}, zeros in the
     * columns that are left.
     */
    static void turn(long base, long stride, long table, int blockSize, int position, int count, int width, long panel, long scratch) {
        int padded = Lanes.padded(width);
        long square = scratch + 4L * LENGTH * padded;
        for (int c = 0; c < ColumnTile.COLUMNS; c += LENGTH) {
            int rows = Math.clamp(count - c, 0, LENGTH);
            long from = scratch;
            long fromStride = 4L * padded;
            if (rows == LENGTH && padded == width && together(table, blockSize, position + c, rows)) {
                from = address(base, stride, table, blockSize, position + c);
                fromStride = stride;
            } else {
                copy(base, stride, table, blockSize, position + c, rows, width, scratch, padded);
                Lanes.zero(scratch + 4L * rows * padded, 4L * (LENGTH - rows) * padded);
            }
            for (int d = 0; d < padded; d += LENGTH) {
                Transposition.square(from + 4L * d, fromStride, panel + (long) d * ColumnTile.PANEL_ROW + 4L * c,
                    ColumnTile.PANEL_ROW, square);
            }
        }
    }

    /** Copies {@code count} rows of {@code width} to rows of {@code padded}, filled up with zeros. */
    static void copy(long base, long stride, long table, int blockSize, int position, int count, int width, long to, int padded) {
        for (int row = 0; row < count; row++) {
            long from = address(base, stride, table, blockSize, position + row);
            long at = to + 4L * row * padded;
            int i = 0;
            for (; i <= width - LENGTH; i += LENGTH) {
                FloatVector.fromMemorySegment(FLOATS, MEMORY, from + 4L * i, ORDER).intoMemorySegment(MEMORY, at + 4L * i, ORDER);
            }
            for (; i < width; i++) {
                Lanes.set(at + 4L * i, Lanes.get(from + 4L * i));
            }
            Lanes.zero(at + 4L * width, 4L * (padded - width));
        }
    }

    /** Where rows of whole panels lie together, so that they need not be copied; 0 if they do not. */
    static long direct(long base, long stride, long table, int blockSize, int position, int count, int width) {
        return width % ColumnTile.COLUMNS == 0 && together(table, blockSize, position, count)
            ? address(base, stride, table, blockSize, position) : 0;
    }
}
