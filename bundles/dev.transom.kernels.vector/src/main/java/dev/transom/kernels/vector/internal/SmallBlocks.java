package dev.transom.kernels.vector.internal;

import static dev.transom.kernels.vector.internal.Lanes.FLOATS;
import static dev.transom.kernels.vector.internal.Lanes.LENGTH;
import static dev.transom.kernels.vector.internal.Lanes.MEMORY;
import static dev.transom.kernels.vector.internal.Lanes.ORDER;
import static dev.transom.kernels.vector.internal.Quants.COUNT;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;

/**
 * Expands blocks of 32 elements with a scale of their own. Low halves of bytes hold the first sixteen elements, high halves the others.
 * A vector has at most sixteen floats.
 */
final class SmallBlocks {

    private static final int HALF = 16;
    /** Bytes of sixteen floats. */
    private static final long SECOND = 4L * HALF;

    private SmallBlocks() {
    }

    static void q80(long from, long to) {
        FloatVector d = FloatVector.broadcast(FLOATS, Quants.f16(from));
        for (int i = 0; i < 2 * HALF; i += LENGTH) {
            floats(Quants.signed(from + 2 + i)).mul(d).intoMemorySegment(MEMORY, to + 4L * i, ORDER);
        }
    }

    static void q40(long from, long to) {
        FloatVector d = FloatVector.broadcast(FLOATS, Quants.f16(from));
        for (int i = 0; i < HALF; i += LENGTH) {
            IntVector pair = Quants.unsigned(from + 2 + i);
            floats(pair.and(15).sub(8)).mul(d).intoMemorySegment(MEMORY, to + 4L * i, ORDER);
            floats(pair.lanewise(VectorOperators.LSHR, 4).sub(8)).mul(d).intoMemorySegment(MEMORY, to + SECOND + 4L * i, ORDER);
        }
    }

    static void q41(long from, long to) {
        FloatVector d = FloatVector.broadcast(FLOATS, Quants.f16(from));
        FloatVector m = FloatVector.broadcast(FLOATS, Quants.f16(from + 2));
        for (int i = 0; i < HALF; i += LENGTH) {
            IntVector pair = Quants.unsigned(from + 4 + i);
            floats(pair.and(15)).mul(d).add(m).intoMemorySegment(MEMORY, to + 4L * i, ORDER);
            floats(pair.lanewise(VectorOperators.LSHR, 4)).mul(d).add(m).intoMemorySegment(MEMORY, to + SECOND + 4L * i, ORDER);
        }
    }

    static void q50(long from, long to) {
        FloatVector d = FloatVector.broadcast(FLOATS, Quants.f16(from));
        int high = Lanes.getInt(from + 2);
        for (int i = 0; i < HALF; i += LENGTH) {
            IntVector pair = Quants.unsigned(from + 6 + i);
            floats(fifth(pair.and(15), high >>> i).sub(16)).mul(d).intoMemorySegment(MEMORY, to + 4L * i, ORDER);
            floats(fifth(pair.lanewise(VectorOperators.LSHR, 4), high >>> HALF + i).sub(16)).mul(d)
                .intoMemorySegment(MEMORY, to + SECOND + 4L * i, ORDER);
        }
    }

    static void q51(long from, long to) {
        FloatVector d = FloatVector.broadcast(FLOATS, Quants.f16(from));
        FloatVector m = FloatVector.broadcast(FLOATS, Quants.f16(from + 2));
        int high = Lanes.getInt(from + 4);
        for (int i = 0; i < HALF; i += LENGTH) {
            IntVector pair = Quants.unsigned(from + 8 + i);
            floats(fifth(pair.and(15), high >>> i)).mul(d).add(m).intoMemorySegment(MEMORY, to + 4L * i, ORDER);
            floats(fifth(pair.lanewise(VectorOperators.LSHR, 4), high >>> HALF + i)).mul(d).add(m)
                .intoMemorySegment(MEMORY, to + SECOND + 4L * i, ORDER);
        }
    }

    /** Adds 16 to the lanes whose bit is set. */
    private static IntVector fifth(IntVector low, int bits) {
        return IntVector.broadcast(Lanes.INTS, bits).lanewise(VectorOperators.LSHR, COUNT).and(1).lanewise(VectorOperators.LSHL, 4).or(low);
    }

    private static FloatVector floats(IntVector integers) {
        return (FloatVector) integers.convertShape(VectorOperators.I2F, FLOATS, 0);
    }
}
