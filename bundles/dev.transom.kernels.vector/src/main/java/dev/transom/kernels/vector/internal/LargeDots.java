package dev.transom.kernels.vector.internal;

import static dev.transom.kernels.vector.internal.Lanes.FLOATS;
import static dev.transom.kernels.vector.internal.Lanes.LENGTH;
import static dev.transom.kernels.vector.internal.Lanes.MEMORY;
import static dev.transom.kernels.vector.internal.Lanes.ORDER;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;

/** {@link SmallDots} for blocks of 256: one row at once and one loop over parts with a scale, or C2 would box the sums. */
final class LargeDots {

    private LargeDots() {
    }

    static void q4k(long x, long w, int blocks, long sums) {
        FloatVector sum = FloatVector.zero(FLOATS);
        for (int p = 0; p < 8 * blocks; p++) {
            long from = w + 144L * (p >> 3);
            int part = p & 7;
            FloatVector d = FloatVector.broadcast(FLOATS, Quants.f16(from) * Quants.scale(from + 4, part));
            FloatVector m = FloatVector.broadcast(FLOATS, Quants.f16(from + 2) * Quants.minimum(from + 4, part));
            long quants = from + 16 + (part >> 1) * 32;
            int shift = (part & 1) * 4;
            for (int i = 0; i < 32; i += LENGTH) {
                sum = floats(x + 128L * p + 4L * i)
                    .fma(real(Quants.unsigned(quants + i).lanewise(VectorOperators.LSHR, shift).and(15)).mul(d).sub(m), sum);
            }
        }
        sum.intoMemorySegment(MEMORY, sums, ORDER);
    }

    static void q5k(long x, long w, int blocks, long sums) {
        FloatVector sum = FloatVector.zero(FLOATS);
        for (int p = 0; p < 8 * blocks; p++) {
            long from = w + 176L * (p >> 3);
            int part = p & 7;
            FloatVector d = FloatVector.broadcast(FLOATS, Quants.f16(from) * Quants.scale(from + 4, part));
            FloatVector m = FloatVector.broadcast(FLOATS, Quants.f16(from + 2) * Quants.minimum(from + 4, part));
            long quants = from + 48 + (part >> 1) * 32;
            int shift = (part & 1) * 4;
            for (int i = 0; i < 32; i += LENGTH) {
                IntVector fifth = Quants.unsigned(from + 16 + i).lanewise(VectorOperators.LSHR, part).and(1).lanewise(VectorOperators.LSHL, 4);
                sum = floats(x + 128L * p + 4L * i)
                    .fma(real(Quants.unsigned(quants + i).lanewise(VectorOperators.LSHR, shift).and(15).or(fifth)).mul(d).sub(m), sum);
            }
        }
        sum.intoMemorySegment(MEMORY, sums, ORDER);
    }

    static void q6k(long x, long w, int blocks, long sums) {
        FloatVector sum = FloatVector.zero(FLOATS);
        for (int p = 0; p < 16 * blocks; p++) {
            long from = w + 210L * (p >> 4);
            int part = p & 15;
            int quarter = (part & 7) >> 1;
            FloatVector d = FloatVector.broadcast(FLOATS, Quants.f16(from + 208) * Quants.i8(from + 192 + part));
            long low = from + (part >> 3) * 64 + (quarter & 1) * 32 + (part & 1) * 16;
            long high = from + 128 + (part >> 3) * 32 + (part & 1) * 16;
            int shift = (quarter >> 1) * 4;
            for (int i = 0; i < 16; i += LENGTH) {
                IntVector upper = Quants.unsigned(high + i).lanewise(VectorOperators.LSHR, 2 * quarter).and(3)
                    .lanewise(VectorOperators.LSHL, 4);
                sum = floats(x + 64L * p + 4L * i)
                    .fma(real(Quants.unsigned(low + i).lanewise(VectorOperators.LSHR, shift).and(15).or(upper).sub(32)).mul(d), sum);
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
}
