package dev.transom.kernels.vector.internal;

import static dev.transom.kernels.vector.internal.Lanes.BYTES;
import static dev.transom.kernels.vector.internal.Lanes.FLOAT;
import static dev.transom.kernels.vector.internal.Lanes.FLOATS;
import static dev.transom.kernels.vector.internal.Lanes.MEMORY;
import static dev.transom.kernels.vector.internal.Lanes.ORDER;

import jdk.incubator.vector.FloatVector;

/** {@link Tile} of four vectors of columns, whose twenty-four sums fill the registers of a processor that has thirty-two. */
final class WideTile {

    private WideTile() {
    }

    static void run(int rows, long lines, long panel, int steps, long y, long yStride) {
        // Strides are handed over though they are constants: C2 turns the checks of affine addresses into many instructions.
        switch (rows) {
            case 6 -> run6(lines, Float.BYTES, Tile.LINE, panel, Tile.PANEL_ROW, steps, y, yStride);
            case 4 -> run4(lines, Float.BYTES, Tile.LINE, panel, Tile.PANEL_ROW, steps, y, yStride);
            case 2 -> run2(lines, Float.BYTES, Tile.LINE, panel, Tile.PANEL_ROW, steps, y, yStride);
            default -> run1(lines, Float.BYTES, Tile.LINE, panel, Tile.PANEL_ROW, steps, y, yStride);
        }
    }

    private static void run6(long a, long rowStride, long step, long panel, long stride, int steps, long y, long yStride) {
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
            FloatVector x = FloatVector.broadcast(FLOATS, MEMORY.get(FLOAT, q));
            a00 = x.fma(w0, a00);
            a01 = x.fma(w1, a01);
            a02 = x.fma(w2, a02);
            a03 = x.fma(w3, a03);
            x = FloatVector.broadcast(FLOATS, MEMORY.get(FLOAT, q + rowStride));
            a10 = x.fma(w0, a10);
            a11 = x.fma(w1, a11);
            a12 = x.fma(w2, a12);
            a13 = x.fma(w3, a13);
            x = FloatVector.broadcast(FLOATS, MEMORY.get(FLOAT, q + 2 * rowStride));
            a20 = x.fma(w0, a20);
            a21 = x.fma(w1, a21);
            a22 = x.fma(w2, a22);
            a23 = x.fma(w3, a23);
            x = FloatVector.broadcast(FLOATS, MEMORY.get(FLOAT, q + 3 * rowStride));
            a30 = x.fma(w0, a30);
            a31 = x.fma(w1, a31);
            a32 = x.fma(w2, a32);
            a33 = x.fma(w3, a33);
            x = FloatVector.broadcast(FLOATS, MEMORY.get(FLOAT, q + 4 * rowStride));
            a40 = x.fma(w0, a40);
            a41 = x.fma(w1, a41);
            a42 = x.fma(w2, a42);
            a43 = x.fma(w3, a43);
            x = FloatVector.broadcast(FLOATS, MEMORY.get(FLOAT, q + 5 * rowStride));
            a50 = x.fma(w0, a50);
            a51 = x.fma(w1, a51);
            a52 = x.fma(w2, a52);
            a53 = x.fma(w3, a53);
        }
        a00.add(FloatVector.fromMemorySegment(FLOATS, MEMORY, y, ORDER))
            .intoMemorySegment(MEMORY, y, ORDER);
        a01.add(FloatVector.fromMemorySegment(FLOATS, MEMORY, y + BYTES, ORDER))
            .intoMemorySegment(MEMORY, y + BYTES, ORDER);
        a02.add(FloatVector.fromMemorySegment(FLOATS, MEMORY, y + 2 * BYTES, ORDER))
            .intoMemorySegment(MEMORY, y + 2 * BYTES, ORDER);
        a03.add(FloatVector.fromMemorySegment(FLOATS, MEMORY, y + 3 * BYTES, ORDER))
            .intoMemorySegment(MEMORY, y + 3 * BYTES, ORDER);
        a10.add(FloatVector.fromMemorySegment(FLOATS, MEMORY, y + yStride, ORDER))
            .intoMemorySegment(MEMORY, y + yStride, ORDER);
        a11.add(FloatVector.fromMemorySegment(FLOATS, MEMORY, y + yStride + BYTES, ORDER))
            .intoMemorySegment(MEMORY, y + yStride + BYTES, ORDER);
        a12.add(FloatVector.fromMemorySegment(FLOATS, MEMORY, y + yStride + 2 * BYTES, ORDER))
            .intoMemorySegment(MEMORY, y + yStride + 2 * BYTES, ORDER);
        a13.add(FloatVector.fromMemorySegment(FLOATS, MEMORY, y + yStride + 3 * BYTES, ORDER))
            .intoMemorySegment(MEMORY, y + yStride + 3 * BYTES, ORDER);
        a20.add(FloatVector.fromMemorySegment(FLOATS, MEMORY, y + 2 * yStride, ORDER))
            .intoMemorySegment(MEMORY, y + 2 * yStride, ORDER);
        a21.add(FloatVector.fromMemorySegment(FLOATS, MEMORY, y + 2 * yStride + BYTES, ORDER))
            .intoMemorySegment(MEMORY, y + 2 * yStride + BYTES, ORDER);
        a22.add(FloatVector.fromMemorySegment(FLOATS, MEMORY, y + 2 * yStride + 2 * BYTES, ORDER))
            .intoMemorySegment(MEMORY, y + 2 * yStride + 2 * BYTES, ORDER);
        a23.add(FloatVector.fromMemorySegment(FLOATS, MEMORY, y + 2 * yStride + 3 * BYTES, ORDER))
            .intoMemorySegment(MEMORY, y + 2 * yStride + 3 * BYTES, ORDER);
        a30.add(FloatVector.fromMemorySegment(FLOATS, MEMORY, y + 3 * yStride, ORDER))
            .intoMemorySegment(MEMORY, y + 3 * yStride, ORDER);
        a31.add(FloatVector.fromMemorySegment(FLOATS, MEMORY, y + 3 * yStride + BYTES, ORDER))
            .intoMemorySegment(MEMORY, y + 3 * yStride + BYTES, ORDER);
        a32.add(FloatVector.fromMemorySegment(FLOATS, MEMORY, y + 3 * yStride + 2 * BYTES, ORDER))
            .intoMemorySegment(MEMORY, y + 3 * yStride + 2 * BYTES, ORDER);
        a33.add(FloatVector.fromMemorySegment(FLOATS, MEMORY, y + 3 * yStride + 3 * BYTES, ORDER))
            .intoMemorySegment(MEMORY, y + 3 * yStride + 3 * BYTES, ORDER);
        a40.add(FloatVector.fromMemorySegment(FLOATS, MEMORY, y + 4 * yStride, ORDER))
            .intoMemorySegment(MEMORY, y + 4 * yStride, ORDER);
        a41.add(FloatVector.fromMemorySegment(FLOATS, MEMORY, y + 4 * yStride + BYTES, ORDER))
            .intoMemorySegment(MEMORY, y + 4 * yStride + BYTES, ORDER);
        a42.add(FloatVector.fromMemorySegment(FLOATS, MEMORY, y + 4 * yStride + 2 * BYTES, ORDER))
            .intoMemorySegment(MEMORY, y + 4 * yStride + 2 * BYTES, ORDER);
        a43.add(FloatVector.fromMemorySegment(FLOATS, MEMORY, y + 4 * yStride + 3 * BYTES, ORDER))
            .intoMemorySegment(MEMORY, y + 4 * yStride + 3 * BYTES, ORDER);
        a50.add(FloatVector.fromMemorySegment(FLOATS, MEMORY, y + 5 * yStride, ORDER))
            .intoMemorySegment(MEMORY, y + 5 * yStride, ORDER);
        a51.add(FloatVector.fromMemorySegment(FLOATS, MEMORY, y + 5 * yStride + BYTES, ORDER))
            .intoMemorySegment(MEMORY, y + 5 * yStride + BYTES, ORDER);
        a52.add(FloatVector.fromMemorySegment(FLOATS, MEMORY, y + 5 * yStride + 2 * BYTES, ORDER))
            .intoMemorySegment(MEMORY, y + 5 * yStride + 2 * BYTES, ORDER);
        a53.add(FloatVector.fromMemorySegment(FLOATS, MEMORY, y + 5 * yStride + 3 * BYTES, ORDER))
            .intoMemorySegment(MEMORY, y + 5 * yStride + 3 * BYTES, ORDER);
    }

    private static void run4(long a, long rowStride, long step, long panel, long stride, int steps, long y, long yStride) {
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
            FloatVector x = FloatVector.broadcast(FLOATS, MEMORY.get(FLOAT, q));
            a00 = x.fma(w0, a00);
            a01 = x.fma(w1, a01);
            a02 = x.fma(w2, a02);
            a03 = x.fma(w3, a03);
            x = FloatVector.broadcast(FLOATS, MEMORY.get(FLOAT, q + rowStride));
            a10 = x.fma(w0, a10);
            a11 = x.fma(w1, a11);
            a12 = x.fma(w2, a12);
            a13 = x.fma(w3, a13);
            x = FloatVector.broadcast(FLOATS, MEMORY.get(FLOAT, q + 2 * rowStride));
            a20 = x.fma(w0, a20);
            a21 = x.fma(w1, a21);
            a22 = x.fma(w2, a22);
            a23 = x.fma(w3, a23);
            x = FloatVector.broadcast(FLOATS, MEMORY.get(FLOAT, q + 3 * rowStride));
            a30 = x.fma(w0, a30);
            a31 = x.fma(w1, a31);
            a32 = x.fma(w2, a32);
            a33 = x.fma(w3, a33);
        }
        a00.add(FloatVector.fromMemorySegment(FLOATS, MEMORY, y, ORDER))
            .intoMemorySegment(MEMORY, y, ORDER);
        a01.add(FloatVector.fromMemorySegment(FLOATS, MEMORY, y + BYTES, ORDER))
            .intoMemorySegment(MEMORY, y + BYTES, ORDER);
        a02.add(FloatVector.fromMemorySegment(FLOATS, MEMORY, y + 2 * BYTES, ORDER))
            .intoMemorySegment(MEMORY, y + 2 * BYTES, ORDER);
        a03.add(FloatVector.fromMemorySegment(FLOATS, MEMORY, y + 3 * BYTES, ORDER))
            .intoMemorySegment(MEMORY, y + 3 * BYTES, ORDER);
        a10.add(FloatVector.fromMemorySegment(FLOATS, MEMORY, y + yStride, ORDER))
            .intoMemorySegment(MEMORY, y + yStride, ORDER);
        a11.add(FloatVector.fromMemorySegment(FLOATS, MEMORY, y + yStride + BYTES, ORDER))
            .intoMemorySegment(MEMORY, y + yStride + BYTES, ORDER);
        a12.add(FloatVector.fromMemorySegment(FLOATS, MEMORY, y + yStride + 2 * BYTES, ORDER))
            .intoMemorySegment(MEMORY, y + yStride + 2 * BYTES, ORDER);
        a13.add(FloatVector.fromMemorySegment(FLOATS, MEMORY, y + yStride + 3 * BYTES, ORDER))
            .intoMemorySegment(MEMORY, y + yStride + 3 * BYTES, ORDER);
        a20.add(FloatVector.fromMemorySegment(FLOATS, MEMORY, y + 2 * yStride, ORDER))
            .intoMemorySegment(MEMORY, y + 2 * yStride, ORDER);
        a21.add(FloatVector.fromMemorySegment(FLOATS, MEMORY, y + 2 * yStride + BYTES, ORDER))
            .intoMemorySegment(MEMORY, y + 2 * yStride + BYTES, ORDER);
        a22.add(FloatVector.fromMemorySegment(FLOATS, MEMORY, y + 2 * yStride + 2 * BYTES, ORDER))
            .intoMemorySegment(MEMORY, y + 2 * yStride + 2 * BYTES, ORDER);
        a23.add(FloatVector.fromMemorySegment(FLOATS, MEMORY, y + 2 * yStride + 3 * BYTES, ORDER))
            .intoMemorySegment(MEMORY, y + 2 * yStride + 3 * BYTES, ORDER);
        a30.add(FloatVector.fromMemorySegment(FLOATS, MEMORY, y + 3 * yStride, ORDER))
            .intoMemorySegment(MEMORY, y + 3 * yStride, ORDER);
        a31.add(FloatVector.fromMemorySegment(FLOATS, MEMORY, y + 3 * yStride + BYTES, ORDER))
            .intoMemorySegment(MEMORY, y + 3 * yStride + BYTES, ORDER);
        a32.add(FloatVector.fromMemorySegment(FLOATS, MEMORY, y + 3 * yStride + 2 * BYTES, ORDER))
            .intoMemorySegment(MEMORY, y + 3 * yStride + 2 * BYTES, ORDER);
        a33.add(FloatVector.fromMemorySegment(FLOATS, MEMORY, y + 3 * yStride + 3 * BYTES, ORDER))
            .intoMemorySegment(MEMORY, y + 3 * yStride + 3 * BYTES, ORDER);
    }

    private static void run2(long a, long rowStride, long step, long panel, long stride, int steps, long y, long yStride) {
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
            FloatVector x = FloatVector.broadcast(FLOATS, MEMORY.get(FLOAT, q));
            a00 = x.fma(w0, a00);
            a01 = x.fma(w1, a01);
            a02 = x.fma(w2, a02);
            a03 = x.fma(w3, a03);
            x = FloatVector.broadcast(FLOATS, MEMORY.get(FLOAT, q + rowStride));
            a10 = x.fma(w0, a10);
            a11 = x.fma(w1, a11);
            a12 = x.fma(w2, a12);
            a13 = x.fma(w3, a13);
        }
        a00.add(FloatVector.fromMemorySegment(FLOATS, MEMORY, y, ORDER))
            .intoMemorySegment(MEMORY, y, ORDER);
        a01.add(FloatVector.fromMemorySegment(FLOATS, MEMORY, y + BYTES, ORDER))
            .intoMemorySegment(MEMORY, y + BYTES, ORDER);
        a02.add(FloatVector.fromMemorySegment(FLOATS, MEMORY, y + 2 * BYTES, ORDER))
            .intoMemorySegment(MEMORY, y + 2 * BYTES, ORDER);
        a03.add(FloatVector.fromMemorySegment(FLOATS, MEMORY, y + 3 * BYTES, ORDER))
            .intoMemorySegment(MEMORY, y + 3 * BYTES, ORDER);
        a10.add(FloatVector.fromMemorySegment(FLOATS, MEMORY, y + yStride, ORDER))
            .intoMemorySegment(MEMORY, y + yStride, ORDER);
        a11.add(FloatVector.fromMemorySegment(FLOATS, MEMORY, y + yStride + BYTES, ORDER))
            .intoMemorySegment(MEMORY, y + yStride + BYTES, ORDER);
        a12.add(FloatVector.fromMemorySegment(FLOATS, MEMORY, y + yStride + 2 * BYTES, ORDER))
            .intoMemorySegment(MEMORY, y + yStride + 2 * BYTES, ORDER);
        a13.add(FloatVector.fromMemorySegment(FLOATS, MEMORY, y + yStride + 3 * BYTES, ORDER))
            .intoMemorySegment(MEMORY, y + yStride + 3 * BYTES, ORDER);
    }

    private static void run1(long a, long rowStride, long step, long panel, long stride, int steps, long y, long yStride) {
        FloatVector a00 = FloatVector.zero(FLOATS), a01 = FloatVector.zero(FLOATS);
        FloatVector a02 = FloatVector.zero(FLOATS), a03 = FloatVector.zero(FLOATS);
        for (int i = 0; i < steps; i++) {
            long p = panel + stride * i;
            long q = a + step * i;
            FloatVector w0 = FloatVector.fromMemorySegment(FLOATS, MEMORY, p, ORDER);
            FloatVector w1 = FloatVector.fromMemorySegment(FLOATS, MEMORY, p + BYTES, ORDER);
            FloatVector w2 = FloatVector.fromMemorySegment(FLOATS, MEMORY, p + 2 * BYTES, ORDER);
            FloatVector w3 = FloatVector.fromMemorySegment(FLOATS, MEMORY, p + 3 * BYTES, ORDER);
            FloatVector x = FloatVector.broadcast(FLOATS, MEMORY.get(FLOAT, q));
            a00 = x.fma(w0, a00);
            a01 = x.fma(w1, a01);
            a02 = x.fma(w2, a02);
            a03 = x.fma(w3, a03);
        }
        a00.add(FloatVector.fromMemorySegment(FLOATS, MEMORY, y, ORDER))
            .intoMemorySegment(MEMORY, y, ORDER);
        a01.add(FloatVector.fromMemorySegment(FLOATS, MEMORY, y + BYTES, ORDER))
            .intoMemorySegment(MEMORY, y + BYTES, ORDER);
        a02.add(FloatVector.fromMemorySegment(FLOATS, MEMORY, y + 2 * BYTES, ORDER))
            .intoMemorySegment(MEMORY, y + 2 * BYTES, ORDER);
        a03.add(FloatVector.fromMemorySegment(FLOATS, MEMORY, y + 3 * BYTES, ORDER))
            .intoMemorySegment(MEMORY, y + 3 * BYTES, ORDER);
    }
}
