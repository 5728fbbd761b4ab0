package dev.transom.kernels.vector.internal;

import static dev.transom.kernels.vector.internal.Lanes.BYTES;
import static dev.transom.kernels.vector.internal.Lanes.FLOAT;
import static dev.transom.kernels.vector.internal.Lanes.FLOATS;
import static dev.transom.kernels.vector.internal.Lanes.MEMORY;
import static dev.transom.kernels.vector.internal.Lanes.ORDER;

import jdk.incubator.vector.FloatVector;

/**
 * Outer products: for {@code rows} rows and four vectors of columns, sums over i of a(row, i) · panel[i][column], upwards from
 * zero, one fused multiply-add after the other. Element a(row, i) lies at {@code a + row·rowStride + i·step} and is broadcast,
 * row i of the panel, four vectors, at {@code panel + i·stride}. Sums go to {@code sums [rows][4 vectors]}; they are never loaded, for a loop
 * with two dozen sums to load is more than C2 compiles well. Six rows keep 24 sums in registers; fewer rows give the same bits.
 */
final class ColumnTile {

    /** Rows of the largest tile. */
    static final int ROWS = 6;
    /** Vectors of a tile's columns. */
    static final int VECTORS = 4;
    /** Columns of a tile. */
    static final int COLUMNS = VECTORS * Lanes.LENGTH;
    /** Bytes of one row of a panel. */
    static final int PANEL_ROW = VECTORS * BYTES;
    /** Bytes of the sums of the largest tile. */
    static final int SUMS = ROWS * PANEL_ROW;

    private ColumnTile() {
    }

    /** The largest tile for the rows that are left: 6, 4, 2 or 1. */
    static int rows(int left) {
        return left >= 6 ? 6 : left >= 4 ? 4 : left >= 2 ? 2 : 1;
    }

    static void run(int rows, long a, long rowStride, long step, long panel, long stride, int steps, long sums) {
        switch (rows) {
            case 6 -> run6(a, rowStride, step, panel, stride, steps, sums);
            case 4 -> run4(a, rowStride, step, panel, stride, steps, sums);
            case 2 -> run2(a, rowStride, step, panel, stride, steps, sums);
            default -> run1(a, step, panel, stride, steps, sums);
        }
    }

    private static void run6(long a, long rowStride, long step, long panel, long stride, int steps, long sums) {
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
            long p = panel + stride * i;
            long q = a + step * i;
            FloatVector w0 = FloatVector.fromMemorySegment(FLOATS, MEMORY, p, ORDER);
            FloatVector w1 = FloatVector.fromMemorySegment(FLOATS, MEMORY, p + BYTES, ORDER);
            FloatVector w2 = FloatVector.fromMemorySegment(FLOATS, MEMORY, p + 2 * BYTES, ORDER);
            FloatVector w3 = FloatVector.fromMemorySegment(FLOATS, MEMORY, p + 3 * BYTES, ORDER);
            FloatVector v = FloatVector.broadcast(FLOATS, MEMORY.get(FLOAT, q));
            a00 = v.fma(w0, a00);
            a01 = v.fma(w1, a01);
            a02 = v.fma(w2, a02);
            a03 = v.fma(w3, a03);
            v = FloatVector.broadcast(FLOATS, MEMORY.get(FLOAT, q + rowStride));
            a10 = v.fma(w0, a10);
            a11 = v.fma(w1, a11);
            a12 = v.fma(w2, a12);
            a13 = v.fma(w3, a13);
            v = FloatVector.broadcast(FLOATS, MEMORY.get(FLOAT, q + 2 * rowStride));
            a20 = v.fma(w0, a20);
            a21 = v.fma(w1, a21);
            a22 = v.fma(w2, a22);
            a23 = v.fma(w3, a23);
            v = FloatVector.broadcast(FLOATS, MEMORY.get(FLOAT, q + 3 * rowStride));
            a30 = v.fma(w0, a30);
            a31 = v.fma(w1, a31);
            a32 = v.fma(w2, a32);
            a33 = v.fma(w3, a33);
            v = FloatVector.broadcast(FLOATS, MEMORY.get(FLOAT, q + 4 * rowStride));
            a40 = v.fma(w0, a40);
            a41 = v.fma(w1, a41);
            a42 = v.fma(w2, a42);
            a43 = v.fma(w3, a43);
            v = FloatVector.broadcast(FLOATS, MEMORY.get(FLOAT, q + 5 * rowStride));
            a50 = v.fma(w0, a50);
            a51 = v.fma(w1, a51);
            a52 = v.fma(w2, a52);
            a53 = v.fma(w3, a53);
        }
        a00.intoMemorySegment(MEMORY, sums, ORDER);
        a01.intoMemorySegment(MEMORY, sums + BYTES, ORDER);
        a02.intoMemorySegment(MEMORY, sums + 2 * BYTES, ORDER);
        a03.intoMemorySegment(MEMORY, sums + 3 * BYTES, ORDER);
        a10.intoMemorySegment(MEMORY, sums + 4 * BYTES, ORDER);
        a11.intoMemorySegment(MEMORY, sums + 5 * BYTES, ORDER);
        a12.intoMemorySegment(MEMORY, sums + 6 * BYTES, ORDER);
        a13.intoMemorySegment(MEMORY, sums + 7 * BYTES, ORDER);
        a20.intoMemorySegment(MEMORY, sums + 8 * BYTES, ORDER);
        a21.intoMemorySegment(MEMORY, sums + 9 * BYTES, ORDER);
        a22.intoMemorySegment(MEMORY, sums + 10 * BYTES, ORDER);
        a23.intoMemorySegment(MEMORY, sums + 11 * BYTES, ORDER);
        a30.intoMemorySegment(MEMORY, sums + 12 * BYTES, ORDER);
        a31.intoMemorySegment(MEMORY, sums + 13 * BYTES, ORDER);
        a32.intoMemorySegment(MEMORY, sums + 14 * BYTES, ORDER);
        a33.intoMemorySegment(MEMORY, sums + 15 * BYTES, ORDER);
        a40.intoMemorySegment(MEMORY, sums + 16 * BYTES, ORDER);
        a41.intoMemorySegment(MEMORY, sums + 17 * BYTES, ORDER);
        a42.intoMemorySegment(MEMORY, sums + 18 * BYTES, ORDER);
        a43.intoMemorySegment(MEMORY, sums + 19 * BYTES, ORDER);
        a50.intoMemorySegment(MEMORY, sums + 20 * BYTES, ORDER);
        a51.intoMemorySegment(MEMORY, sums + 21 * BYTES, ORDER);
        a52.intoMemorySegment(MEMORY, sums + 22 * BYTES, ORDER);
        a53.intoMemorySegment(MEMORY, sums + 23 * BYTES, ORDER);
    }

    private static void run4(long a, long rowStride, long step, long panel, long stride, int steps, long sums) {
        FloatVector a00 = FloatVector.zero(FLOATS), a01 = FloatVector.zero(FLOATS);
        FloatVector a02 = FloatVector.zero(FLOATS), a03 = FloatVector.zero(FLOATS);
        FloatVector a10 = FloatVector.zero(FLOATS), a11 = FloatVector.zero(FLOATS);
        FloatVector a12 = FloatVector.zero(FLOATS), a13 = FloatVector.zero(FLOATS);
        FloatVector a20 = FloatVector.zero(FLOATS), a21 = FloatVector.zero(FLOATS);
        FloatVector a22 = FloatVector.zero(FLOATS), a23 = FloatVector.zero(FLOATS);
        FloatVector a30 = FloatVector.zero(FLOATS), a31 = FloatVector.zero(FLOATS);
        FloatVector a32 = FloatVector.zero(FLOATS), a33 = FloatVector.zero(FLOATS);
        for (int i = 0; i < steps; i++) {
            long p = panel + stride * i;
            long q = a + step * i;
            FloatVector w0 = FloatVector.fromMemorySegment(FLOATS, MEMORY, p, ORDER);
            FloatVector w1 = FloatVector.fromMemorySegment(FLOATS, MEMORY, p + BYTES, ORDER);
            FloatVector w2 = FloatVector.fromMemorySegment(FLOATS, MEMORY, p + 2 * BYTES, ORDER);
            FloatVector w3 = FloatVector.fromMemorySegment(FLOATS, MEMORY, p + 3 * BYTES, ORDER);
            FloatVector v = FloatVector.broadcast(FLOATS, MEMORY.get(FLOAT, q));
            a00 = v.fma(w0, a00);
            a01 = v.fma(w1, a01);
            a02 = v.fma(w2, a02);
            a03 = v.fma(w3, a03);
            v = FloatVector.broadcast(FLOATS, MEMORY.get(FLOAT, q + rowStride));
            a10 = v.fma(w0, a10);
            a11 = v.fma(w1, a11);
            a12 = v.fma(w2, a12);
            a13 = v.fma(w3, a13);
            v = FloatVector.broadcast(FLOATS, MEMORY.get(FLOAT, q + 2 * rowStride));
            a20 = v.fma(w0, a20);
            a21 = v.fma(w1, a21);
            a22 = v.fma(w2, a22);
            a23 = v.fma(w3, a23);
            v = FloatVector.broadcast(FLOATS, MEMORY.get(FLOAT, q + 3 * rowStride));
            a30 = v.fma(w0, a30);
            a31 = v.fma(w1, a31);
            a32 = v.fma(w2, a32);
            a33 = v.fma(w3, a33);
        }
        a00.intoMemorySegment(MEMORY, sums, ORDER);
        a01.intoMemorySegment(MEMORY, sums + BYTES, ORDER);
        a02.intoMemorySegment(MEMORY, sums + 2 * BYTES, ORDER);
        a03.intoMemorySegment(MEMORY, sums + 3 * BYTES, ORDER);
        a10.intoMemorySegment(MEMORY, sums + 4 * BYTES, ORDER);
        a11.intoMemorySegment(MEMORY, sums + 5 * BYTES, ORDER);
        a12.intoMemorySegment(MEMORY, sums + 6 * BYTES, ORDER);
        a13.intoMemorySegment(MEMORY, sums + 7 * BYTES, ORDER);
        a20.intoMemorySegment(MEMORY, sums + 8 * BYTES, ORDER);
        a21.intoMemorySegment(MEMORY, sums + 9 * BYTES, ORDER);
        a22.intoMemorySegment(MEMORY, sums + 10 * BYTES, ORDER);
        a23.intoMemorySegment(MEMORY, sums + 11 * BYTES, ORDER);
        a30.intoMemorySegment(MEMORY, sums + 12 * BYTES, ORDER);
        a31.intoMemorySegment(MEMORY, sums + 13 * BYTES, ORDER);
        a32.intoMemorySegment(MEMORY, sums + 14 * BYTES, ORDER);
        a33.intoMemorySegment(MEMORY, sums + 15 * BYTES, ORDER);
    }

    private static void run2(long a, long rowStride, long step, long panel, long stride, int steps, long sums) {
        FloatVector a00 = FloatVector.zero(FLOATS), a01 = FloatVector.zero(FLOATS);
        FloatVector a02 = FloatVector.zero(FLOATS), a03 = FloatVector.zero(FLOATS);
        FloatVector a10 = FloatVector.zero(FLOATS), a11 = FloatVector.zero(FLOATS);
        FloatVector a12 = FloatVector.zero(FLOATS), a13 = FloatVector.zero(FLOATS);
        for (int i = 0; i < steps; i++) {
            long p = panel + stride * i;
            long q = a + step * i;
            FloatVector w0 = FloatVector.fromMemorySegment(FLOATS, MEMORY, p, ORDER);
            FloatVector w1 = FloatVector.fromMemorySegment(FLOATS, MEMORY, p + BYTES, ORDER);
            FloatVector w2 = FloatVector.fromMemorySegment(FLOATS, MEMORY, p + 2 * BYTES, ORDER);
            FloatVector w3 = FloatVector.fromMemorySegment(FLOATS, MEMORY, p + 3 * BYTES, ORDER);
            FloatVector v = FloatVector.broadcast(FLOATS, MEMORY.get(FLOAT, q));
            a00 = v.fma(w0, a00);
            a01 = v.fma(w1, a01);
            a02 = v.fma(w2, a02);
            a03 = v.fma(w3, a03);
            v = FloatVector.broadcast(FLOATS, MEMORY.get(FLOAT, q + rowStride));
            a10 = v.fma(w0, a10);
            a11 = v.fma(w1, a11);
            a12 = v.fma(w2, a12);
            a13 = v.fma(w3, a13);
        }
        a00.intoMemorySegment(MEMORY, sums, ORDER);
        a01.intoMemorySegment(MEMORY, sums + BYTES, ORDER);
        a02.intoMemorySegment(MEMORY, sums + 2 * BYTES, ORDER);
        a03.intoMemorySegment(MEMORY, sums + 3 * BYTES, ORDER);
        a10.intoMemorySegment(MEMORY, sums + 4 * BYTES, ORDER);
        a11.intoMemorySegment(MEMORY, sums + 5 * BYTES, ORDER);
        a12.intoMemorySegment(MEMORY, sums + 6 * BYTES, ORDER);
        a13.intoMemorySegment(MEMORY, sums + 7 * BYTES, ORDER);
    }

    private static void run1(long a, long step, long panel, long stride, int steps, long sums) {
        FloatVector a00 = FloatVector.zero(FLOATS), a01 = FloatVector.zero(FLOATS);
        FloatVector a02 = FloatVector.zero(FLOATS), a03 = FloatVector.zero(FLOATS);
        for (int i = 0; i < steps; i++) {
            long p = panel + stride * i;
            long q = a + step * i;
            FloatVector w0 = FloatVector.fromMemorySegment(FLOATS, MEMORY, p, ORDER);
            FloatVector w1 = FloatVector.fromMemorySegment(FLOATS, MEMORY, p + BYTES, ORDER);
            FloatVector w2 = FloatVector.fromMemorySegment(FLOATS, MEMORY, p + 2 * BYTES, ORDER);
            FloatVector w3 = FloatVector.fromMemorySegment(FLOATS, MEMORY, p + 3 * BYTES, ORDER);
            FloatVector v = FloatVector.broadcast(FLOATS, MEMORY.get(FLOAT, q));
            a00 = v.fma(w0, a00);
            a01 = v.fma(w1, a01);
            a02 = v.fma(w2, a02);
            a03 = v.fma(w3, a03);
        }
        a00.intoMemorySegment(MEMORY, sums, ORDER);
        a01.intoMemorySegment(MEMORY, sums + BYTES, ORDER);
        a02.intoMemorySegment(MEMORY, sums + 2 * BYTES, ORDER);
        a03.intoMemorySegment(MEMORY, sums + 3 * BYTES, ORDER);
    }
}
