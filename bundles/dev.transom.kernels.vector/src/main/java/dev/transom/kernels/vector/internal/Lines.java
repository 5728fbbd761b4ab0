package dev.transom.kernels.vector.internal;

import static dev.transom.kernels.vector.internal.Lanes.BYTES;
import static dev.transom.kernels.vector.internal.Lanes.FLOATS;
import static dev.transom.kernels.vector.internal.Lanes.LENGTH;
import static dev.transom.kernels.vector.internal.Lanes.MEMORY;
import static dev.transom.kernels.vector.internal.Lanes.ORDER;

import jdk.incubator.vector.FloatVector;

/** Packs rows as the lines of a {@link Tile}. What a line holds beyond the rows that count may be anything. */
final class Lines {

    /** Bytes that {@link #turn} needs. */
    static final long SPARE = 2L * Transposition.SQUARE;

    private Lines() {
    }

    /** Rows to hand to {@link #turn} where there is room for a line's: whole squares spare it a copy, whatever the last rows hold. */
    static int whole(int rows) {
        return LENGTH == Tile.LINE_FLOATS ? Tile.LINE_FLOATS : rows;
    }

    /**
     * Turns rows: element i of row r becomes element r of line i, or of line {@code [i mod LENGTH][i / LENGTH]}.
     *
     * @param rows  rows that there are, up to {@link Tile#LINE_FLOATS}: more than count spare a copy
     * @param real  elements that a row has; zeros stand for the rest
     * @param size  elements wanted, whole phases
     * @param phase bytes from one phase to the next, 0 if there is but one
     */
    static void turn(long from, long stride, int rows, int real, int size, long phase, long to, long spare) {
        long row = phase == 0 ? Tile.LINE : phase;
        long square = phase == 0 ? (long) LENGTH * Tile.LINE : Tile.LINE;
        int i = 0;
        if (LENGTH == Tile.LINE_FLOATS) {
            for (; i <= real - LENGTH; i += LENGTH) {
                if (rows >= LENGTH) {
                    Transposition.square(from + 4L * i, stride, to + i / LENGTH * square, row, spare);
                    continue;
                }
                for (int r = 0; r < LENGTH; r++) {
                    FloatVector.fromMemorySegment(FLOATS, MEMORY, from + Math.min(r, rows - 1) * stride + 4L * i, ORDER)
                        .intoMemorySegment(MEMORY, spare + (long) r * BYTES, ORDER);
                }
                Transposition.square(spare, BYTES, to + i / LENGTH * square, row, spare + Transposition.SQUARE);
            }
        }
        for (; i < size; i++) {
            long line = to + i / LENGTH * square + i % LENGTH * row;
            for (int r = 0; r < rows; r++) {
                Lanes.set(line + 4L * r, i < real ? Lanes.get(from + r * stride + 4L * i) : 0);
            }
        }
    }

    /**
     * Copies columns: element r of row i becomes element r of line i.
     *
     * @param left elements that a row has from here on
     */
    static void copy(long from, long stride, int size, int left, long to) {
        int count = Math.min(Tile.ROWS, left);
        for (int i = 0; i < size; i++) {
            if (LENGTH == Tile.LINE_FLOATS && left >= LENGTH) {
                FloatVector.fromMemorySegment(FLOATS, MEMORY, from + i * stride, ORDER)
                    .intoMemorySegment(MEMORY, to + (long) i * Tile.LINE, ORDER);
            } else {
                for (int r = 0; r < count; r++) {
                    Lanes.set(to + (long) i * Tile.LINE + 4L * r, Lanes.get(from + i * stride + 4L * r));
                }
            }
        }
    }
}
