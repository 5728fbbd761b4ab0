package dev.transom.kernels.vector.internal;

import static dev.transom.kernels.vector.internal.Lanes.INTS;
import static dev.transom.kernels.vector.internal.Lanes.LENGTH;
import static dev.transom.kernels.vector.internal.Lanes.MEMORY;
import static dev.transom.kernels.vector.internal.Lanes.ORDER;

import java.lang.foreign.ValueLayout;
import jdk.incubator.vector.ByteVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorShape;
import jdk.incubator.vector.VectorSpecies;

/** Small integers of blocks as vectors, and the numbers that scale them. */
final class Quants {

    /** As many bytes as a vector has floats, or the eight that a vector of bytes has at least. */
    static final VectorSpecies<Byte> BYTES = VectorSpecies.of(byte.class, VectorShape.forBitSize(Math.max(64, LENGTH * Byte.SIZE)));
    /** 0, 1, 2 … */
    static final IntVector COUNT = IntVector.broadcast(INTS, 0).addIndex(1);

    /** Of eight bytes the last four are taken where a vector has four floats, so that nothing behind a block, perhaps the last, is read. */
    private static final int PART = LENGTH < 8 ? 1 : 0;
    private static final int BEFORE = PART * 4;

    private Quants() {
    }

    /** LENGTH bytes from {@code at} on, as unsigned integers. */
    static IntVector unsigned(long at) {
        return (IntVector) ByteVector.fromMemorySegment(BYTES, MEMORY, at - BEFORE, ORDER)
            .convertShape(VectorOperators.ZERO_EXTEND_B2I, INTS, PART);
    }

    /** LENGTH bytes from {@code at} on, as signed integers. */
    static IntVector signed(long at) {
        return (IntVector) ByteVector.fromMemorySegment(BYTES, MEMORY, at - BEFORE, ORDER).convertShape(VectorOperators.B2I, INTS, PART);
    }

    static float f16(long at) {
        return Float.float16ToFloat(MEMORY.get(Lanes.SHORT, at));
    }

    static int u8(long at) {
        return MEMORY.get(ValueLayout.JAVA_BYTE, at) & 0xff;
    }

    static int i8(long at) {
        return MEMORY.get(ValueLayout.JAVA_BYTE, at);
    }

    /** The scale of one of eight parts of a Q4_K or Q5_K block, from six bits in twelve bytes. */
    static int scale(long scales, int part) {
        return part < 4 ? u8(scales + part) & 63 : u8(scales + part + 4) & 0xf | u8(scales + part - 4) >> 6 << 4;
    }

    /** The minimum beside {@link #scale}. */
    static int minimum(long scales, int part) {
        return part < 4 ? u8(scales + part + 4) & 63 : u8(scales + part + 4) >> 4 | u8(scales + part) >> 6 << 4;
    }
}
