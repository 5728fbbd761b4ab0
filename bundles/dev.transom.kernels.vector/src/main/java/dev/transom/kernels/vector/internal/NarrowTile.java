package dev.transom.kernels.vector.internal;

import static dev.transom.kernels.vector.internal.Lanes.ADDRESS;
import static dev.transom.kernels.vector.internal.Lanes.BYTES;
import static dev.transom.kernels.vector.internal.Lanes.FLOAT;
import static dev.transom.kernels.vector.internal.Lanes.FLOATS;
import static dev.transom.kernels.vector.internal.Lanes.MEMORY;
import static dev.transom.kernels.vector.internal.Lanes.ORDER;
import static dev.transom.kernels.vector.internal.Tile.LINE;
import static dev.transom.kernels.vector.internal.Tile.PANEL_ROW;

import jdk.incubator.vector.FloatVector;

/**
 * {@link Tile} of two vectors of columns, whose twelve sums fill the registers of a processor that has sixteen.
 *
 * <p>A step has twelve multiply-adds and eight loads, so every instruction beside them costs time. The masks spare the checks of
 * addresses; those of all rows but the first are kept on purpose, for each keeps C2 from loading the rows behind it before a
 * register is free: without them two of the sums live in memory, at half the speed.
 */
final class NarrowTile {

    private NarrowTile() {
    }

    static void run(int rows, long lines, long panel, int steps, long y, long yStride) {
        switch (rows) {
            case 6 -> run6(lines, panel, steps, y, yStride);
            case 4 -> run4(lines, panel, steps, y, yStride);
            case 2 -> run2(lines, panel, steps, y, yStride);
            default -> run1(lines, panel, steps, y, yStride);
        }
    }

    private static void run6(long lines, long panel, int steps, long y, long yStride) {
        FloatVector a00 = FloatVector.zero(FLOATS), a01 = FloatVector.zero(FLOATS);
        FloatVector a10 = FloatVector.zero(FLOATS), a11 = FloatVector.zero(FLOATS);
        FloatVector a20 = FloatVector.zero(FLOATS), a21 = FloatVector.zero(FLOATS);
        FloatVector a30 = FloatVector.zero(FLOATS), a31 = FloatVector.zero(FLOATS);
        FloatVector a40 = FloatVector.zero(FLOATS), a41 = FloatVector.zero(FLOATS);
        FloatVector a50 = FloatVector.zero(FLOATS), a51 = FloatVector.zero(FLOATS);
        for (int i = 0; i < steps; i++) {
            long p = (panel + (long) PANEL_ROW * i) & ADDRESS;
            long q = (lines + (long) LINE * i) & ADDRESS;
            FloatVector w0 = FloatVector.fromMemorySegment(FLOATS, MEMORY, p, ORDER);
            FloatVector w1 = FloatVector.fromMemorySegment(FLOATS, MEMORY, p + BYTES, ORDER);
            FloatVector x = FloatVector.broadcast(FLOATS, MEMORY.get(FLOAT, q));
            a00 = x.fma(w0, a00);
            a01 = x.fma(w1, a01);
            x = FloatVector.broadcast(FLOATS, MEMORY.get(FLOAT, lines + (long) LINE * i + 4));
            a10 = x.fma(w0, a10);
            a11 = x.fma(w1, a11);
            x = FloatVector.broadcast(FLOATS, MEMORY.get(FLOAT, lines + (long) LINE * i + 8));
            a20 = x.fma(w0, a20);
            a21 = x.fma(w1, a21);
            x = FloatVector.broadcast(FLOATS, MEMORY.get(FLOAT, lines + (long) LINE * i + 12));
            a30 = x.fma(w0, a30);
            a31 = x.fma(w1, a31);
            x = FloatVector.broadcast(FLOATS, MEMORY.get(FLOAT, lines + (long) LINE * i + 16));
            a40 = x.fma(w0, a40);
            a41 = x.fma(w1, a41);
            x = FloatVector.broadcast(FLOATS, MEMORY.get(FLOAT, lines + (long) LINE * i + 20));
            a50 = x.fma(w0, a50);
            a51 = x.fma(w1, a51);
        }
        a00.add(FloatVector.fromMemorySegment(FLOATS, MEMORY, y, ORDER))
            .intoMemorySegment(MEMORY, y, ORDER);
        a01.add(FloatVector.fromMemorySegment(FLOATS, MEMORY, y + BYTES, ORDER))
            .intoMemorySegment(MEMORY, y + BYTES, ORDER);
        a10.add(FloatVector.fromMemorySegment(FLOATS, MEMORY, y + yStride, ORDER))
            .intoMemorySegment(MEMORY, y + yStride, ORDER);
        a11.add(FloatVector.fromMemorySegment(FLOATS, MEMORY, y + yStride + BYTES, ORDER))
            .intoMemorySegment(MEMORY, y + yStride + BYTES, ORDER);
        a20.add(FloatVector.fromMemorySegment(FLOATS, MEMORY, y + 2 * yStride, ORDER))
            .intoMemorySegment(MEMORY, y + 2 * yStride, ORDER);
        a21.add(FloatVector.fromMemorySegment(FLOATS, MEMORY, y + 2 * yStride + BYTES, ORDER))
            .intoMemorySegment(MEMORY, y + 2 * yStride + BYTES, ORDER);
        a30.add(FloatVector.fromMemorySegment(FLOATS, MEMORY, y + 3 * yStride, ORDER))
            .intoMemorySegment(MEMORY, y + 3 * yStride, ORDER);
        a31.add(FloatVector.fromMemorySegment(FLOATS, MEMORY, y + 3 * yStride + BYTES, ORDER))
            .intoMemorySegment(MEMORY, y + 3 * yStride + BYTES, ORDER);
        a40.add(FloatVector.fromMemorySegment(FLOATS, MEMORY, y + 4 * yStride, ORDER))
            .intoMemorySegment(MEMORY, y + 4 * yStride, ORDER);
        a41.add(FloatVector.fromMemorySegment(FLOATS, MEMORY, y + 4 * yStride + BYTES, ORDER))
            .intoMemorySegment(MEMORY, y + 4 * yStride + BYTES, ORDER);
        a50.add(FloatVector.fromMemorySegment(FLOATS, MEMORY, y + 5 * yStride, ORDER))
            .intoMemorySegment(MEMORY, y + 5 * yStride, ORDER);
        a51.add(FloatVector.fromMemorySegment(FLOATS, MEMORY, y + 5 * yStride + BYTES, ORDER))
            .intoMemorySegment(MEMORY, y + 5 * yStride + BYTES, ORDER);
    }

    private static void run4(long lines, long panel, int steps, long y, long yStride) {
        FloatVector a00 = FloatVector.zero(FLOATS), a01 = FloatVector.zero(FLOATS);
        FloatVector a10 = FloatVector.zero(FLOATS), a11 = FloatVector.zero(FLOATS);
        FloatVector a20 = FloatVector.zero(FLOATS), a21 = FloatVector.zero(FLOATS);
        FloatVector a30 = FloatVector.zero(FLOATS), a31 = FloatVector.zero(FLOATS);
        for (int i = 0; i < steps; i++) {
            long p = (panel + (long) PANEL_ROW * i) & ADDRESS;
            long q = (lines + (long) LINE * i) & ADDRESS;
            FloatVector w0 = FloatVector.fromMemorySegment(FLOATS, MEMORY, p, ORDER);
            FloatVector w1 = FloatVector.fromMemorySegment(FLOATS, MEMORY, p + BYTES, ORDER);
            FloatVector x = FloatVector.broadcast(FLOATS, MEMORY.get(FLOAT, q));
            a00 = x.fma(w0, a00);
            a01 = x.fma(w1, a01);
            x = FloatVector.broadcast(FLOATS, MEMORY.get(FLOAT, lines + (long) LINE * i + 4));
            a10 = x.fma(w0, a10);
            a11 = x.fma(w1, a11);
            x = FloatVector.broadcast(FLOATS, MEMORY.get(FLOAT, lines + (long) LINE * i + 8));
            a20 = x.fma(w0, a20);
            a21 = x.fma(w1, a21);
            x = FloatVector.broadcast(FLOATS, MEMORY.get(FLOAT, lines + (long) LINE * i + 12));
            a30 = x.fma(w0, a30);
            a31 = x.fma(w1, a31);
        }
        a00.add(FloatVector.fromMemorySegment(FLOATS, MEMORY, y, ORDER))
            .intoMemorySegment(MEMORY, y, ORDER);
        a01.add(FloatVector.fromMemorySegment(FLOATS, MEMORY, y + BYTES, ORDER))
            .intoMemorySegment(MEMORY, y + BYTES, ORDER);
        a10.add(FloatVector.fromMemorySegment(FLOATS, MEMORY, y + yStride, ORDER))
            .intoMemorySegment(MEMORY, y + yStride, ORDER);
        a11.add(FloatVector.fromMemorySegment(FLOATS, MEMORY, y + yStride + BYTES, ORDER))
            .intoMemorySegment(MEMORY, y + yStride + BYTES, ORDER);
        a20.add(FloatVector.fromMemorySegment(FLOATS, MEMORY, y + 2 * yStride, ORDER))
            .intoMemorySegment(MEMORY, y + 2 * yStride, ORDER);
        a21.add(FloatVector.fromMemorySegment(FLOATS, MEMORY, y + 2 * yStride + BYTES, ORDER))
            .intoMemorySegment(MEMORY, y + 2 * yStride + BYTES, ORDER);
        a30.add(FloatVector.fromMemorySegment(FLOATS, MEMORY, y + 3 * yStride, ORDER))
            .intoMemorySegment(MEMORY, y + 3 * yStride, ORDER);
        a31.add(FloatVector.fromMemorySegment(FLOATS, MEMORY, y + 3 * yStride + BYTES, ORDER))
            .intoMemorySegment(MEMORY, y + 3 * yStride + BYTES, ORDER);
    }

    private static void run2(long lines, long panel, int steps, long y, long yStride) {
        FloatVector a00 = FloatVector.zero(FLOATS), a01 = FloatVector.zero(FLOATS);
        FloatVector a10 = FloatVector.zero(FLOATS), a11 = FloatVector.zero(FLOATS);
        for (int i = 0; i < steps; i++) {
            long p = (panel + (long) PANEL_ROW * i) & ADDRESS;
            long q = (lines + (long) LINE * i) & ADDRESS;
            FloatVector w0 = FloatVector.fromMemorySegment(FLOATS, MEMORY, p, ORDER);
            FloatVector w1 = FloatVector.fromMemorySegment(FLOATS, MEMORY, p + BYTES, ORDER);
            FloatVector x = FloatVector.broadcast(FLOATS, MEMORY.get(FLOAT, q));
            a00 = x.fma(w0, a00);
            a01 = x.fma(w1, a01);
            x = FloatVector.broadcast(FLOATS, MEMORY.get(FLOAT, lines + (long) LINE * i + 4));
            a10 = x.fma(w0, a10);
            a11 = x.fma(w1, a11);
        }
        a00.add(FloatVector.fromMemorySegment(FLOATS, MEMORY, y, ORDER))
            .intoMemorySegment(MEMORY, y, ORDER);
        a01.add(FloatVector.fromMemorySegment(FLOATS, MEMORY, y + BYTES, ORDER))
            .intoMemorySegment(MEMORY, y + BYTES, ORDER);
        a10.add(FloatVector.fromMemorySegment(FLOATS, MEMORY, y + yStride, ORDER))
            .intoMemorySegment(MEMORY, y + yStride, ORDER);
        a11.add(FloatVector.fromMemorySegment(FLOATS, MEMORY, y + yStride + BYTES, ORDER))
            .intoMemorySegment(MEMORY, y + yStride + BYTES, ORDER);
    }

    private static void run1(long lines, long panel, int steps, long y, long yStride) {
        FloatVector a00 = FloatVector.zero(FLOATS), a01 = FloatVector.zero(FLOATS);
        for (int i = 0; i < steps; i++) {
            long p = (panel + (long) PANEL_ROW * i) & ADDRESS;
            long q = (lines + (long) LINE * i) & ADDRESS;
            FloatVector w0 = FloatVector.fromMemorySegment(FLOATS, MEMORY, p, ORDER);
            FloatVector w1 = FloatVector.fromMemorySegment(FLOATS, MEMORY, p + BYTES, ORDER);
            FloatVector x = FloatVector.broadcast(FLOATS, MEMORY.get(FLOAT, q));
            a00 = x.fma(w0, a00);
            a01 = x.fma(w1, a01);
        }
        a00.add(FloatVector.fromMemorySegment(FLOATS, MEMORY, y, ORDER))
            .intoMemorySegment(MEMORY, y, ORDER);
        a01.add(FloatVector.fromMemorySegment(FLOATS, MEMORY, y + BYTES, ORDER))
            .intoMemorySegment(MEMORY, y + BYTES, ORDER);
    }
}
