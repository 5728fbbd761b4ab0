package dev.transom.kernels.vector.internal;

import static dev.transom.kernels.vector.internal.Lanes.FLOATS;
import static dev.transom.kernels.vector.internal.Lanes.LENGTH;
import static dev.transom.kernels.vector.internal.Lanes.MEMORY;
import static dev.transom.kernels.vector.internal.Lanes.ORDER;

import jdk.incubator.vector.FloatVector;

/**
 * Adds multiples of rows of weights {@code [k, n]} to a row of sums: for each column, fused multiply-adds in the order of k. The weights
 * are read row by row as they lie, at memory's speed.
 */
final class RowTile {

    /** Rows added at once. */
    static final int ROWS = 4;

    private RowTile() {
    }

    /**
     * @param x     the factors, one for each row
     * @param rows  how many rows
     */
    static void run(Storage storage, long x, int rows, long w, long wStride, long sums, int columns) {
        int whole = columns / LENGTH * LENGTH;
        int row = 0;
        for (; row + ROWS <= rows; row += ROWS) {
            long at = w + row * wStride;
            switch (storage) {
                case F32 -> f32(x + 4L * row, at, wStride, sums, whole);
                case BF16 -> bf16(x + 4L * row, at, wStride, sums, whole);
                case F16 -> f16(x + 4L * row, at, wStride, sums, whole);
            }
        }
        for (; row < rows; row++) {
            rest(storage, Lanes.get(x + 4L * row), w + row * wStride, sums, 0, whole);
        }
        for (int r = 0; whole < columns && r < rows; r++) {
            rest(storage, Lanes.get(x + 4L * r), w + r * wStride, sums, whole, columns);
        }
    }

    private static void rest(Storage storage, float factor, long w, long sums, int from, int to) {
        for (int i = from; i < to; i++) {
            Lanes.set(sums + 4L * i, Math.fma(factor, storage.real(w + (long) storage.bytes() * i), Lanes.get(sums + 4L * i)));
        }
    }

    private static void f32(long x, long w, long stride, long sums, int columns) {
        FloatVector x0 = FloatVector.broadcast(FLOATS, Lanes.get(x));
        FloatVector x1 = FloatVector.broadcast(FLOATS, Lanes.get(x + 4));
        FloatVector x2 = FloatVector.broadcast(FLOATS, Lanes.get(x + 8));
        FloatVector x3 = FloatVector.broadcast(FLOATS, Lanes.get(x + 12));
        for (int i = 0; i < columns; i += LENGTH) {
            long p = w + 4L * i;
            FloatVector s = FloatVector.fromMemorySegment(FLOATS, MEMORY, sums + 4L * i, ORDER);
            s = x0.fma(FloatVector.fromMemorySegment(FLOATS, MEMORY, p, ORDER), s);
            s = x1.fma(FloatVector.fromMemorySegment(FLOATS, MEMORY, p + stride, ORDER), s);
            s = x2.fma(FloatVector.fromMemorySegment(FLOATS, MEMORY, p + 2 * stride, ORDER), s);
            s = x3.fma(FloatVector.fromMemorySegment(FLOATS, MEMORY, p + 3 * stride, ORDER), s);
            s.intoMemorySegment(MEMORY, sums + 4L * i, ORDER);
        }
    }

    private static void bf16(long x, long w, long stride, long sums, int columns) {
        FloatVector x0 = FloatVector.broadcast(FLOATS, Lanes.get(x));
        FloatVector x1 = FloatVector.broadcast(FLOATS, Lanes.get(x + 4));
        FloatVector x2 = FloatVector.broadcast(FLOATS, Lanes.get(x + 8));
        FloatVector x3 = FloatVector.broadcast(FLOATS, Lanes.get(x + 12));
        for (int i = 0; i < columns; i += LENGTH) {
            long p = w + 2L * i;
            FloatVector s = FloatVector.fromMemorySegment(FLOATS, MEMORY, sums + 4L * i, ORDER);
            s = x0.fma(Storage.bf16(p), s);
            s = x1.fma(Storage.bf16(p + stride), s);
            s = x2.fma(Storage.bf16(p + 2 * stride), s);
            s = x3.fma(Storage.bf16(p + 3 * stride), s);
            s.intoMemorySegment(MEMORY, sums + 4L * i, ORDER);
        }
    }

    /** One row after the other: to expand four is more than C2 inlines into one loop. */
    private static void f16(long x, long w, long stride, long sums, int columns) {
        for (int row = 0; row < ROWS; row++) {
            f16(Lanes.get(x + 4L * row), w + row * stride, sums, columns);
        }
    }

    private static void f16(float x, long w, long sums, int columns) {
        for (int i = 0; i < columns; i += LENGTH) {
            FloatVector.broadcast(FLOATS, x).fma(Storage.f16(w + 2L * i),
                FloatVector.fromMemorySegment(FLOATS, MEMORY, sums + 4L * i, ORDER)).intoMemorySegment(MEMORY, sums + 4L * i, ORDER);
        }
    }
}
