package dev.transom.kernels.vector.internal;

import static dev.transom.kernels.vector.internal.Lanes.FLOATS;
import static dev.transom.kernels.vector.internal.Lanes.LENGTH;
import static dev.transom.kernels.vector.internal.Lanes.MEMORY;
import static dev.transom.kernels.vector.internal.Lanes.ORDER;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;

/**
 * Expands blocks of 256 elements, part by part: one loop over sixteen or thirty-two elements with one scale, small enough that the
 * compiler keeps its vectors in registers.
 */
final class LargeBlocks {

    private LargeBlocks() {
    }

    static void q2k(long from, long to) {
        float d = Quants.f16(from + 80);
        float m = Quants.f16(from + 82);
        for (int part = 0; part < 16; part++) {
            int scale = Quants.u8(from + part);
            twos(from + 16 + part / 8 * 32 + part % 2 * 16, part % 8 / 2 * 2, d * (scale & 0xf), m * (scale >> 4), to + 64L * part);
        }
    }

    private static void twos(long from, int shift, float d, float m, long to) {
        for (int i = 0; i < 16; i += LENGTH) {
            IntVector quants = Quants.unsigned(from + i).lanewise(VectorOperators.LSHR, shift).and(3);
            floats(quants).mul(d).sub(m).intoMemorySegment(MEMORY, to + 4L * i, ORDER);
        }
    }

    static void q3k(long from, long to) {
        float d = Quants.f16(from + 108);
        for (int part = 0; part < 16; part++) {
            int low = Quants.u8(from + 96 + part % 8) >> part / 8 * 4 & 0xf;
            int scale = (low | (Quants.u8(from + 104 + part % 4) >> part / 4 * 2 & 3) << 4) - 32;
            threes(from + 32 + part / 8 * 32 + part % 2 * 16, part % 8 / 2 * 2, from + part % 2 * 16, part / 2, d * scale, to + 64L * part);
        }
    }

    private static void threes(long from, int shift, long high, int bit, float d, long to) {
        for (int i = 0; i < 16; i += LENGTH) {
            IntVector third = Quants.unsigned(high + i).lanewise(VectorOperators.LSHR, bit).and(1).lanewise(VectorOperators.LSHL, 2);
            IntVector quants = Quants.unsigned(from + i).lanewise(VectorOperators.LSHR, shift).and(3).add(third).sub(4);
            floats(quants).mul(d).intoMemorySegment(MEMORY, to + 4L * i, ORDER);
        }
    }

    static void q4k(long from, long to) {
        float d = Quants.f16(from);
        float m = Quants.f16(from + 2);
        for (int part = 0; part < 8; part++) {
            fours(from + 16 + part / 2 * 32, part % 2 * 4, d * Quants.scale(from + 4, part), m * Quants.minimum(from + 4, part),
                to + 128L * part);
        }
    }

    private static void fours(long from, int shift, float d, float m, long to) {
        for (int i = 0; i < 32; i += LENGTH) {
            IntVector quants = Quants.unsigned(from + i).lanewise(VectorOperators.LSHR, shift).and(15);
            floats(quants).mul(d).sub(m).intoMemorySegment(MEMORY, to + 4L * i, ORDER);
        }
    }

    static void q5k(long from, long to) {
        float d = Quants.f16(from);
        float m = Quants.f16(from + 2);
        for (int part = 0; part < 8; part++) {
            fives(from + 48 + part / 2 * 32, part % 2 * 4, from + 16, part, d * Quants.scale(from + 4, part),
                m * Quants.minimum(from + 4, part), to + 128L * part);
        }
    }

    private static void fives(long from, int shift, long high, int bit, float d, float m, long to) {
        for (int i = 0; i < 32; i += LENGTH) {
            IntVector fifth = Quants.unsigned(high + i).lanewise(VectorOperators.LSHR, bit).and(1).lanewise(VectorOperators.LSHL, 4);
            IntVector quants = Quants.unsigned(from + i).lanewise(VectorOperators.LSHR, shift).and(15).or(fifth);
            floats(quants).mul(d).sub(m).intoMemorySegment(MEMORY, to + 4L * i, ORDER);
        }
    }

    static void q6k(long from, long to) {
        float d = Quants.f16(from + 208);
        for (int part = 0; part < 16; part++) {
            int quarter = part % 8 / 2;
            sixes(from + part / 8 * 64 + quarter % 2 * 32 + part % 2 * 16, quarter / 2 * 4, from + 128 + part / 8 * 32 + part % 2 * 16,
                quarter * 2, d * Quants.i8(from + 192 + part), to + 64L * part);
        }
    }

    private static void sixes(long from, int shift, long high, int bits, float d, long to) {
        for (int i = 0; i < 16; i += LENGTH) {
            IntVector upper = Quants.unsigned(high + i).lanewise(VectorOperators.LSHR, bits).and(3).lanewise(VectorOperators.LSHL, 4);
            IntVector quants = Quants.unsigned(from + i).lanewise(VectorOperators.LSHR, shift).and(15).or(upper).sub(32);
            floats(quants).mul(d).intoMemorySegment(MEMORY, to + 4L * i, ORDER);
        }
    }

    private static FloatVector floats(IntVector integers) {
        return (FloatVector) integers.convertShape(VectorOperators.I2F, FLOATS, 0);
    }
}
