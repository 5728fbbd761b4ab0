package dev.transom.kernels.vector.internal;

import static dev.transom.kernels.vector.internal.Lanes.ADDRESS;
import static dev.transom.kernels.vector.internal.Lanes.BYTES;
import static dev.transom.kernels.vector.internal.Lanes.FLOATS;
import static dev.transom.kernels.vector.internal.Lanes.MEMORY;
import static dev.transom.kernels.vector.internal.Lanes.ORDER;
import jdk.incubator.vector.FloatVector;

/**
 * Dot products with the lanes along k: for {@code tokens} rows of x and four rows of w, lane l of a sum adds the products of elements
 * l, l + LENGTH, l + 2·LENGTH … upwards from zero. Sums go to {@code sums [tokens][16] vectors}, of which these are
 * every fourth, for {@link LaneSums} to add. Rows are {@code steps} whole vectors long.
 */
final class DotTile {

    /** Tokens of the largest tile: as many as the registers hold sums of. */
    static final int TOKENS = Lanes.LENGTH == 8 ? 2 : 6;
    /** Rows of w in every tile. */
    static final int ROWS = 4;

    private DotTile() {
    }

    /** The largest tile for the tokens that are left. */
    static int tokens(int left) {
        return Tile.rows(Math.min(left, TOKENS));
    }

    static void run(int tokens, long x, long xStride, long w, long wStride, int steps, long sums) {
        switch (tokens) {
            case 6 -> run6(x, xStride, w, wStride, steps, sums);
            case 4 -> run4(x, xStride, w, wStride, steps, sums);
            case 2 -> run2(x, xStride, w, wStride, steps, sums);
            default -> run1(x, w, wStride, steps, sums);
        }
    }

    private static void run6(long x, long xStride, long w, long wStride, int steps, long sums) {
        FloatVector a00 = FloatVector.zero(FLOATS), a01 = FloatVector.zero(FLOATS);
        FloatVector a02 = FloatVector.zero(FLOATS), a03 = FloatVector.zero(FLOATS);
        FloatVector a10 = FloatVector.zero(FLOATS), a11 = FloatVector.zero(FLOATS);
        FloatVector a12 = FloatVector.zero(FLOATS), a13 = FloatVector.zero(FLOATS);
        FloatVector a20 = FloatVector.zero(FLOATS), a21 = FloatVector.zero(FLOATS);
        FloatVector a22 = FloatVector.zero(FLOATS), a23 = FloatVector.zero(FLOATS);
        FloatVector a30 = FloatVector.zero(FLOATS), a31 = FloatVector.zero(FLOATS);
        FloatVector a32 = FloatVector.zero(FLOATS), a33 = FloatVector.zero(FLOATS);
        FloatVector a40 = FloatVector.zero(FLOATS), a41 = FloatVector.zero(FLOATS);
        FloatVector a42 = FloatVector.zero(FLOATS), a43 = FloatVector.zero(FLOATS);
        FloatVector a50 = FloatVector.zero(FLOATS), a51 = FloatVector.zero(FLOATS);
        FloatVector a52 = FloatVector.zero(FLOATS), a53 = FloatVector.zero(FLOATS);
        for (int i = 0; i < steps; i++) {
            long p = w + (long) BYTES * i;
            long q = x + (long) BYTES * i;
            FloatVector w0 = FloatVector.fromMemorySegment(FLOATS, MEMORY, p, ORDER);
            FloatVector w1 = FloatVector.fromMemorySegment(FLOATS, MEMORY, p + wStride, ORDER);
            FloatVector w2 = FloatVector.fromMemorySegment(FLOATS, MEMORY, p + 2 * wStride, ORDER);
            FloatVector w3 = FloatVector.fromMemorySegment(FLOATS, MEMORY, p + 3 * wStride, ORDER);
            FloatVector v = FloatVector.fromMemorySegment(FLOATS, MEMORY, q, ORDER);
            a00 = v.fma(w0, a00);
            a01 = v.fma(w1, a01);
            a02 = v.fma(w2, a02);
            a03 = v.fma(w3, a03);
            v = FloatVector.fromMemorySegment(FLOATS, MEMORY, q + xStride, ORDER);
            a10 = v.fma(w0, a10);
            a11 = v.fma(w1, a11);
            a12 = v.fma(w2, a12);
            a13 = v.fma(w3, a13);
            v = FloatVector.fromMemorySegment(FLOATS, MEMORY, q + 2 * xStride, ORDER);
            a20 = v.fma(w0, a20);
            a21 = v.fma(w1, a21);
            a22 = v.fma(w2, a22);
            a23 = v.fma(w3, a23);
            v = FloatVector.fromMemorySegment(FLOATS, MEMORY, q + 3 * xStride, ORDER);
            a30 = v.fma(w0, a30);
            a31 = v.fma(w1, a31);
            a32 = v.fma(w2, a32);
            a33 = v.fma(w3, a33);
            v = FloatVector.fromMemorySegment(FLOATS, MEMORY, q + 4 * xStride, ORDER);
            a40 = v.fma(w0, a40);
            a41 = v.fma(w1, a41);
            a42 = v.fma(w2, a42);
            a43 = v.fma(w3, a43);
            v = FloatVector.fromMemorySegment(FLOATS, MEMORY, q + 5 * xStride, ORDER);
            a50 = v.fma(w0, a50);
            a51 = v.fma(w1, a51);
            a52 = v.fma(w2, a52);
            a53 = v.fma(w3, a53);
        }
        a00.intoMemorySegment(MEMORY, sums, ORDER);
        a01.intoMemorySegment(MEMORY, sums + 4 * BYTES, ORDER);
        a02.intoMemorySegment(MEMORY, sums + 8 * BYTES, ORDER);
        a03.intoMemorySegment(MEMORY, sums + 12 * BYTES, ORDER);
        a10.intoMemorySegment(MEMORY, sums + 16 * BYTES, ORDER);
        a11.intoMemorySegment(MEMORY, sums + 20 * BYTES, ORDER);
        a12.intoMemorySegment(MEMORY, sums + 24 * BYTES, ORDER);
        a13.intoMemorySegment(MEMORY, sums + 28 * BYTES, ORDER);
        a20.intoMemorySegment(MEMORY, sums + 32 * BYTES, ORDER);
        a21.intoMemorySegment(MEMORY, sums + 36 * BYTES, ORDER);
        a22.intoMemorySegment(MEMORY, sums + 40 * BYTES, ORDER);
        a23.intoMemorySegment(MEMORY, sums + 44 * BYTES, ORDER);
        a30.intoMemorySegment(MEMORY, sums + 48 * BYTES, ORDER);
        a31.intoMemorySegment(MEMORY, sums + 52 * BYTES, ORDER);
        a32.intoMemorySegment(MEMORY, sums + 56 * BYTES, ORDER);
        a33.intoMemorySegment(MEMORY, sums + 60 * BYTES, ORDER);
        a40.intoMemorySegment(MEMORY, sums + 64 * BYTES, ORDER);
        a41.intoMemorySegment(MEMORY, sums + 68 * BYTES, ORDER);
        a42.intoMemorySegment(MEMORY, sums + 72 * BYTES, ORDER);
        a43.intoMemorySegment(MEMORY, sums + 76 * BYTES, ORDER);
        a50.intoMemorySegment(MEMORY, sums + 80 * BYTES, ORDER);
        a51.intoMemorySegment(MEMORY, sums + 84 * BYTES, ORDER);
        a52.intoMemorySegment(MEMORY, sums + 88 * BYTES, ORDER);
        a53.intoMemorySegment(MEMORY, sums + 92 * BYTES, ORDER);
    }

    private static void run4(long x, long xStride, long w, long wStride, int steps, long sums) {
        FloatVector a00 = FloatVector.zero(FLOATS), a01 = FloatVector.zero(FLOATS);
        FloatVector a02 = FloatVector.zero(FLOATS), a03 = FloatVector.zero(FLOATS);
        FloatVector a10 = FloatVector.zero(FLOATS), a11 = FloatVector.zero(FLOATS);
        FloatVector a12 = FloatVector.zero(FLOATS), a13 = FloatVector.zero(FLOATS);
        FloatVector a20 = FloatVector.zero(FLOATS), a21 = FloatVector.zero(FLOATS);
        FloatVector a22 = FloatVector.zero(FLOATS), a23 = FloatVector.zero(FLOATS);
        FloatVector a30 = FloatVector.zero(FLOATS), a31 = FloatVector.zero(FLOATS);
        FloatVector a32 = FloatVector.zero(FLOATS), a33 = FloatVector.zero(FLOATS);
        for (int i = 0; i < steps; i++) {
            long p = w + (long) BYTES * i;
            long q = x + (long) BYTES * i;
            FloatVector w0 = FloatVector.fromMemorySegment(FLOATS, MEMORY, p, ORDER);
            FloatVector w1 = FloatVector.fromMemorySegment(FLOATS, MEMORY, p + wStride, ORDER);
            FloatVector w2 = FloatVector.fromMemorySegment(FLOATS, MEMORY, p + 2 * wStride, ORDER);
            FloatVector w3 = FloatVector.fromMemorySegment(FLOATS, MEMORY, p + 3 * wStride, ORDER);
            FloatVector v = FloatVector.fromMemorySegment(FLOATS, MEMORY, q, ORDER);
            a00 = v.fma(w0, a00);
            a01 = v.fma(w1, a01);
            a02 = v.fma(w2, a02);
            a03 = v.fma(w3, a03);
            v = FloatVector.fromMemorySegment(FLOATS, MEMORY, q + xStride, ORDER);
            a10 = v.fma(w0, a10);
            a11 = v.fma(w1, a11);
            a12 = v.fma(w2, a12);
            a13 = v.fma(w3, a13);
            v = FloatVector.fromMemorySegment(FLOATS, MEMORY, q + 2 * xStride, ORDER);
            a20 = v.fma(w0, a20);
            a21 = v.fma(w1, a21);
            a22 = v.fma(w2, a22);
            a23 = v.fma(w3, a23);
            v = FloatVector.fromMemorySegment(FLOATS, MEMORY, q + 3 * xStride, ORDER);
            a30 = v.fma(w0, a30);
            a31 = v.fma(w1, a31);
            a32 = v.fma(w2, a32);
            a33 = v.fma(w3, a33);
        }
        a00.intoMemorySegment(MEMORY, sums, ORDER);
        a01.intoMemorySegment(MEMORY, sums + 4 * BYTES, ORDER);
        a02.intoMemorySegment(MEMORY, sums + 8 * BYTES, ORDER);
        a03.intoMemorySegment(MEMORY, sums + 12 * BYTES, ORDER);
        a10.intoMemorySegment(MEMORY, sums + 16 * BYTES, ORDER);
        a11.intoMemorySegment(MEMORY, sums + 20 * BYTES, ORDER);
        a12.intoMemorySegment(MEMORY, sums + 24 * BYTES, ORDER);
        a13.intoMemorySegment(MEMORY, sums + 28 * BYTES, ORDER);
        a20.intoMemorySegment(MEMORY, sums + 32 * BYTES, ORDER);
        a21.intoMemorySegment(MEMORY, sums + 36 * BYTES, ORDER);
        a22.intoMemorySegment(MEMORY, sums + 40 * BYTES, ORDER);
        a23.intoMemorySegment(MEMORY, sums + 44 * BYTES, ORDER);
        a30.intoMemorySegment(MEMORY, sums + 48 * BYTES, ORDER);
        a31.intoMemorySegment(MEMORY, sums + 52 * BYTES, ORDER);
        a32.intoMemorySegment(MEMORY, sums + 56 * BYTES, ORDER);
        a33.intoMemorySegment(MEMORY, sums + 60 * BYTES, ORDER);
    }

    private static void run2(long x, long xStride, long w, long wStride, int steps, long sums) {
        FloatVector a00 = FloatVector.zero(FLOATS), a01 = FloatVector.zero(FLOATS);
        FloatVector a02 = FloatVector.zero(FLOATS), a03 = FloatVector.zero(FLOATS);
        FloatVector a10 = FloatVector.zero(FLOATS), a11 = FloatVector.zero(FLOATS);
        FloatVector a12 = FloatVector.zero(FLOATS), a13 = FloatVector.zero(FLOATS);
        for (int i = 0; i < steps; i++) {
            long p = w + (long) BYTES * i;
            long q = x + (long) BYTES * i;
            FloatVector w0 = FloatVector.fromMemorySegment(FLOATS, MEMORY, p & ADDRESS, ORDER);
            FloatVector w1 = FloatVector.fromMemorySegment(FLOATS, MEMORY, p + wStride & ADDRESS, ORDER);
            FloatVector w2 = FloatVector.fromMemorySegment(FLOATS, MEMORY, p + 2 * wStride & ADDRESS, ORDER);
            FloatVector w3 = FloatVector.fromMemorySegment(FLOATS, MEMORY, p + 3 * wStride & ADDRESS, ORDER);
            FloatVector v = FloatVector.fromMemorySegment(FLOATS, MEMORY, q & ADDRESS, ORDER);
            a00 = v.fma(w0, a00);
            a01 = v.fma(w1, a01);
            a02 = v.fma(w2, a02);
            a03 = v.fma(w3, a03);
            v = FloatVector.fromMemorySegment(FLOATS, MEMORY, q + xStride, ORDER);
            a10 = v.fma(w0, a10);
            a11 = v.fma(w1, a11);
            a12 = v.fma(w2, a12);
            a13 = v.fma(w3, a13);
        }
        a00.intoMemorySegment(MEMORY, sums, ORDER);
        a01.intoMemorySegment(MEMORY, sums + 4 * BYTES, ORDER);
        a02.intoMemorySegment(MEMORY, sums + 8 * BYTES, ORDER);
        a03.intoMemorySegment(MEMORY, sums + 12 * BYTES, ORDER);
        a10.intoMemorySegment(MEMORY, sums + 16 * BYTES, ORDER);
        a11.intoMemorySegment(MEMORY, sums + 20 * BYTES, ORDER);
        a12.intoMemorySegment(MEMORY, sums + 24 * BYTES, ORDER);
        a13.intoMemorySegment(MEMORY, sums + 28 * BYTES, ORDER);
    }

    private static void run1(long x, long w, long wStride, int steps, long sums) {
        FloatVector a00 = FloatVector.zero(FLOATS), a01 = FloatVector.zero(FLOATS);
        FloatVector a02 = FloatVector.zero(FLOATS), a03 = FloatVector.zero(FLOATS);
        for (int i = 0; i < steps; i++) {
            long p = w + (long) BYTES * i;
            long q = x + (long) BYTES * i;
            FloatVector w0 = FloatVector.fromMemorySegment(FLOATS, MEMORY, p & ADDRESS, ORDER);
            FloatVector w1 = FloatVector.fromMemorySegment(FLOATS, MEMORY, p + wStride & ADDRESS, ORDER);
            FloatVector w2 = FloatVector.fromMemorySegment(FLOATS, MEMORY, p + 2 * wStride & ADDRESS, ORDER);
            FloatVector w3 = FloatVector.fromMemorySegment(FLOATS, MEMORY, p + 3 * wStride & ADDRESS, ORDER);
            FloatVector v = FloatVector.fromMemorySegment(FLOATS, MEMORY, q & ADDRESS, ORDER);
            a00 = v.fma(w0, a00);
            a01 = v.fma(w1, a01);
            a02 = v.fma(w2, a02);
            a03 = v.fma(w3, a03);
        }
        a00.intoMemorySegment(MEMORY, sums, ORDER);
        a01.intoMemorySegment(MEMORY, sums + 4 * BYTES, ORDER);
        a02.intoMemorySegment(MEMORY, sums + 8 * BYTES, ORDER);
        a03.intoMemorySegment(MEMORY, sums + 12 * BYTES, ORDER);
    }
}
