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
 * Dot products of one row in blocks of 32 with one row of floats, the weights expanded in registers: lane l of the sums adds the products
 * of elements l, l + LENGTH … upwards from zero, with the bits that {@link DotTile} gives for the expanded row. Sums are left as a vector.
 */
final class SmallDots {

    private static final int HALF = 16;
    /** Bytes of the activations of a block, and of half of it. */
    private static final long BLOCK = 128;
    private static final long SECOND = 64;

    private SmallDots() {
    }

    static void q80(long x, long w, int blocks, long sums) {
        FloatVector sum = FloatVector.zero(FLOATS);
        for (int b = 0; b < blocks; b++) {
            long from = w + 34L * b;
            FloatVector d = FloatVector.broadcast(FLOATS, Quants.f16(from));
            for (int i = 0; i < 2 * HALF; i += LENGTH) {
                sum = floats(x + BLOCK * b + 4L * i).fma(real(Quants.signed(from + 2 + i)).mul(d), sum);
            }
        }
        sum.intoMemorySegment(MEMORY, sums, ORDER);
    }

    static void q40(long x, long w, int blocks, long sums) {
        FloatVector sum = FloatVector.zero(FLOATS);
        for (int b = 0; b < blocks; b++) {
            long from = w + 18L * b;
            long a = x + BLOCK * b;
            FloatVector d = FloatVector.broadcast(FLOATS, Quants.f16(from));
            for (int i = 0; i < HALF; i += LENGTH) {
                sum = floats(a + 4L * i).fma(real(Quants.unsigned(from + 2 + i).and(15).sub(8)).mul(d), sum);
            }
            for (int i = 0; i < HALF; i += LENGTH) {
                sum = floats(a + SECOND + 4L * i).fma(real(upper(from + 2 + i).sub(8)).mul(d), sum);
            }
        }
        sum.intoMemorySegment(MEMORY, sums, ORDER);
    }

    static void q41(long x, long w, int blocks, long sums) {
        FloatVector sum = FloatVector.zero(FLOATS);
        for (int b = 0; b < blocks; b++) {
            long from = w + 20L * b;
            long a = x + BLOCK * b;
            FloatVector d = FloatVector.broadcast(FLOATS, Quants.f16(from));
            FloatVector m = FloatVector.broadcast(FLOATS, Quants.f16(from + 2));
            for (int i = 0; i < HALF; i += LENGTH) {
                sum = floats(a + 4L * i).fma(real(Quants.unsigned(from + 4 + i).and(15)).mul(d).add(m), sum);
            }
            for (int i = 0; i < HALF; i += LENGTH) {
                sum = floats(a + SECOND + 4L * i).fma(real(upper(from + 4 + i)).mul(d).add(m), sum);
            }
        }
        sum.intoMemorySegment(MEMORY, sums, ORDER);
    }

    static void q50(long x, long w, int blocks, long sums) {
        FloatVector sum = FloatVector.zero(FLOATS);
        for (int b = 0; b < blocks; b++) {
            long from = w + 22L * b;
            long a = x + BLOCK * b;
            FloatVector d = FloatVector.broadcast(FLOATS, Quants.f16(from));
            int high = Lanes.getInt(from + 2);
            for (int i = 0; i < HALF; i += LENGTH) {
                sum = floats(a + 4L * i).fma(real(Quants.unsigned(from + 6 + i).and(15).or(fifth(high >>> i))).sub(16).mul(d), sum);
            }
            for (int i = 0; i < HALF; i += LENGTH) {
                sum = floats(a + SECOND + 4L * i).fma(real(upper(from + 6 + i).or(fifth(high >>> HALF + i))).sub(16).mul(d), sum);
            }
        }
        sum.intoMemorySegment(MEMORY, sums, ORDER);
    }

    static void q51(long x, long w, int blocks, long sums) {
        FloatVector sum = FloatVector.zero(FLOATS);
        for (int b = 0; b < blocks; b++) {
            long from = w + 24L * b;
            long a = x + BLOCK * b;
            FloatVector d = FloatVector.broadcast(FLOATS, Quants.f16(from));
            FloatVector m = FloatVector.broadcast(FLOATS, Quants.f16(from + 2));
            int high = Lanes.getInt(from + 4);
            for (int i = 0; i < HALF; i += LENGTH) {
                sum = floats(a + 4L * i).fma(real(Quants.unsigned(from + 8 + i).and(15).or(fifth(high >>> i))).mul(d).add(m), sum);
            }
            for (int i = 0; i < HALF; i += LENGTH) {
                sum = floats(a + SECOND + 4L * i).fma(real(upper(from + 8 + i).or(fifth(high >>> HALF + i))).mul(d).add(m), sum);
            }
        }
        sum.intoMemorySegment(MEMORY, sums, ORDER);
    }

    private static FloatVector floats(long at) {
        return FloatVector.fromMemorySegment(FLOATS, MEMORY, at, ORDER);
    }

    private static FloatVector real(IntVector integers) {
        return (FloatVector) integers.convertShape(VectorOperators.I2F, FLOATS, 0);
    }

    private static IntVector upper(long at) {
        return Quants.unsigned(at).lanewise(VectorOperators.LSHR, 4);
    }

    /** 16 in the lanes whose bit is set. */
    private static IntVector fifth(int bits) {
        return IntVector.broadcast(Lanes.INTS, bits).lanewise(VectorOperators.LSHR, COUNT).and(1).lanewise(VectorOperators.LSHL, 4);
    }
}
