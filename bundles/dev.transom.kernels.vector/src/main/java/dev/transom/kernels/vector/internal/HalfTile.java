package dev.transom.kernels.vector.internal;

import static dev.transom.kernels.vector.internal.Lanes.ADDRESS;
import static dev.transom.kernels.vector.internal.Lanes.BYTES;
import static dev.transom.kernels.vector.internal.Lanes.FLOATS;
import static dev.transom.kernels.vector.internal.Lanes.MEMORY;
import static dev.transom.kernels.vector.internal.Lanes.ORDER;

import jdk.incubator.vector.FloatVector;

/** {@link DotTile} of one token over weights of two bytes, expanded on the way: it runs at the speed of memory. */
final class HalfTile {

    private HalfTile() {
    }

    static void bf16(long x, long w, long wStride, int steps, long sums) {
        FloatVector a = FloatVector.zero(FLOATS), b = FloatVector.zero(FLOATS);
        FloatVector c = FloatVector.zero(FLOATS), d = FloatVector.zero(FLOATS);
        for (int i = 0; i < steps; i++) {
            long p = w + (long) BYTES / 2 * i;
            FloatVector v = FloatVector.fromMemorySegment(FLOATS, MEMORY, x + (long) BYTES * i & ADDRESS, ORDER);
            a = v.fma(Storage.bf16(p & ADDRESS), a);
            b = v.fma(Storage.bf16(p + wStride), b);
            c = v.fma(Storage.bf16(p + 2 * wStride), c);
            d = v.fma(Storage.bf16(p + 3 * wStride), d);
        }
        a.intoMemorySegment(MEMORY, sums, ORDER);
        b.intoMemorySegment(MEMORY, sums + 4 * BYTES, ORDER);
        c.intoMemorySegment(MEMORY, sums + 8 * BYTES, ORDER);
        d.intoMemorySegment(MEMORY, sums + 12 * BYTES, ORDER);
    }

    static void f16(long x, long w, long wStride, int steps, long sums) {
        for (int row = 0; row < DotTile.ROWS; row++) {
            row(x, w + row * wStride, steps, sums + 4L * row * BYTES);
        }
    }

    /** One row: to expand two is more than C2 inlines into one loop. */
    private static void row(long x, long w, int steps, long sums) {
        FloatVector a = FloatVector.zero(FLOATS);
        for (int i = 0; i < steps; i++) {
            a = FloatVector.fromMemorySegment(FLOATS, MEMORY, x + (long) BYTES * i & ADDRESS, ORDER)
                .fma(Storage.f16(w + (long) BYTES / 2 * i & ADDRESS), a);
        }
        a.intoMemorySegment(MEMORY, sums, ORDER);
    }
}
