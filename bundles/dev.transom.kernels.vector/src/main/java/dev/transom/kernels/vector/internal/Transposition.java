package dev.transom.kernels.vector.internal;

import static dev.transom.kernels.vector.internal.Exchange.FLIP_1;
import static dev.transom.kernels.vector.internal.Exchange.FLIP_2;
import static dev.transom.kernels.vector.internal.Exchange.FLIP_4;
import static dev.transom.kernels.vector.internal.Exchange.FLIP_8;
import static dev.transom.kernels.vector.internal.Exchange.LOW_1;
import static dev.transom.kernels.vector.internal.Exchange.LOW_2;
import static dev.transom.kernels.vector.internal.Exchange.LOW_4;
import static dev.transom.kernels.vector.internal.Exchange.LOW_8;
import static dev.transom.kernels.vector.internal.Lanes.BYTES;
import static dev.transom.kernels.vector.internal.Lanes.FLOATS;
import static dev.transom.kernels.vector.internal.Lanes.LENGTH;
import static dev.transom.kernels.vector.internal.Lanes.MEMORY;
import static dev.transom.kernels.vector.internal.Lanes.ORDER;

import jdk.incubator.vector.FloatVector;

/** Turns squares of LENGTH × LENGTH floats, so that rows of weights become the columns of a panel. */
final class Transposition {

    /** Bytes of a square. */
    static final int SQUARE = LENGTH * BYTES;

    private Transposition() {
    }

    /**
     * Writes row i of the transposed square at {@code to + i·toStride}.
     *
     * @param spare room for one square
     */
    static void square(long from, long fromStride, long to, long toStride, long spare) {
        if (LENGTH == 16) {
            for (int i = 0; i < 4; i++) {
                far(from + i * fromStride, 4 * fromStride, spare + i * BYTES);
            }
            for (int i = 0; i < 4; i++) {
                near(spare + 4 * i * BYTES, to + 4 * i * toStride, toStride);
            }
            return;
        }
        if (LENGTH == 8) {
            for (int i = 0; i < 2; i++) {
                middle(from + i * fromStride, 2 * fromStride, spare + i * BYTES);
            }
            for (int i = 0; i < 4; i++) {
                pair(spare + 2 * i * BYTES, to + 2 * i * toStride, toStride);
            }
            return;
        }
        for (int row = 0; row < LENGTH; row++) {
            for (int column = 0; column < LENGTH; column++) {
                Lanes.set(to + column * toStride + 4L * row, Lanes.get(from + row * fromStride + 4L * column));
            }
        }
    }

    /** Exchanges rows and lanes 8 and 4 apart, for one row in four. */
    private static void far(long from, long stride, long to) {
        FloatVector a = FloatVector.fromMemorySegment(FLOATS, MEMORY, from, ORDER);
        FloatVector b = FloatVector.fromMemorySegment(FLOATS, MEMORY, from + stride, ORDER);
        FloatVector c = FloatVector.fromMemorySegment(FLOATS, MEMORY, from + 2 * stride, ORDER);
        FloatVector d = FloatVector.fromMemorySegment(FLOATS, MEMORY, from + 3 * stride, ORDER);
        FloatVector ac = c.rearrange(FLIP_8).blend(a, LOW_8);
        FloatVector ca = c.blend(a.rearrange(FLIP_8), LOW_8);
        FloatVector bd = d.rearrange(FLIP_8).blend(b, LOW_8);
        FloatVector db = d.blend(b.rearrange(FLIP_8), LOW_8);
        bd.rearrange(FLIP_4).blend(ac, LOW_4).intoMemorySegment(MEMORY, to, ORDER);
        bd.blend(ac.rearrange(FLIP_4), LOW_4).intoMemorySegment(MEMORY, to + 4 * BYTES, ORDER);
        db.rearrange(FLIP_4).blend(ca, LOW_4).intoMemorySegment(MEMORY, to + 8 * BYTES, ORDER);
        db.blend(ca.rearrange(FLIP_4), LOW_4).intoMemorySegment(MEMORY, to + 12 * BYTES, ORDER);
    }

    /** Exchanges rows and lanes 4 and 2 apart, for every other of eight rows. */
    private static void middle(long from, long stride, long to) {
        FloatVector a = FloatVector.fromMemorySegment(FLOATS, MEMORY, from, ORDER);
        FloatVector b = FloatVector.fromMemorySegment(FLOATS, MEMORY, from + stride, ORDER);
        FloatVector c = FloatVector.fromMemorySegment(FLOATS, MEMORY, from + 2 * stride, ORDER);
        FloatVector d = FloatVector.fromMemorySegment(FLOATS, MEMORY, from + 3 * stride, ORDER);
        FloatVector ac = c.rearrange(FLIP_4).blend(a, LOW_4);
        FloatVector ca = c.blend(a.rearrange(FLIP_4), LOW_4);
        FloatVector bd = d.rearrange(FLIP_4).blend(b, LOW_4);
        FloatVector db = d.blend(b.rearrange(FLIP_4), LOW_4);
        bd.rearrange(FLIP_2).blend(ac, LOW_2).intoMemorySegment(MEMORY, to, ORDER);
        bd.blend(ac.rearrange(FLIP_2), LOW_2).intoMemorySegment(MEMORY, to + 2 * BYTES, ORDER);
        db.rearrange(FLIP_2).blend(ca, LOW_2).intoMemorySegment(MEMORY, to + 4 * BYTES, ORDER);
        db.blend(ca.rearrange(FLIP_2), LOW_2).intoMemorySegment(MEMORY, to + 6 * BYTES, ORDER);
    }

    /** Exchanges neighbouring rows and lanes, for two rows side by side. */
    private static void pair(long from, long to, long toStride) {
        FloatVector a = FloatVector.fromMemorySegment(FLOATS, MEMORY, from, ORDER);
        FloatVector b = FloatVector.fromMemorySegment(FLOATS, MEMORY, from + BYTES, ORDER);
        b.rearrange(FLIP_1).blend(a, LOW_1).intoMemorySegment(MEMORY, to, ORDER);
        b.blend(a.rearrange(FLIP_1), LOW_1).intoMemorySegment(MEMORY, to + toStride, ORDER);
    }

    /** Exchanges rows and lanes 2 and 1 apart, for four rows side by side. */
    private static void near(long from, long to, long toStride) {
        FloatVector a = FloatVector.fromMemorySegment(FLOATS, MEMORY, from, ORDER);
        FloatVector b = FloatVector.fromMemorySegment(FLOATS, MEMORY, from + BYTES, ORDER);
        FloatVector c = FloatVector.fromMemorySegment(FLOATS, MEMORY, from + 2 * BYTES, ORDER);
        FloatVector d = FloatVector.fromMemorySegment(FLOATS, MEMORY, from + 3 * BYTES, ORDER);
        FloatVector ac = c.rearrange(FLIP_2).blend(a, LOW_2);
        FloatVector ca = c.blend(a.rearrange(FLIP_2), LOW_2);
        FloatVector bd = d.rearrange(FLIP_2).blend(b, LOW_2);
        FloatVector db = d.blend(b.rearrange(FLIP_2), LOW_2);
        bd.rearrange(FLIP_1).blend(ac, LOW_1).intoMemorySegment(MEMORY, to, ORDER);
        bd.blend(ac.rearrange(FLIP_1), LOW_1).intoMemorySegment(MEMORY, to + toStride, ORDER);
        db.rearrange(FLIP_1).blend(ca, LOW_1).intoMemorySegment(MEMORY, to + 2 * toStride, ORDER);
        db.blend(ca.rearrange(FLIP_1), LOW_1).intoMemorySegment(MEMORY, to + 3 * toStride, ORDER);
    }
}
