package dev.transom.kernels.vector.internal;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorShape;
import jdk.incubator.vector.VectorSpecies;

/**
 * The widest vectors of this processor and the memory they are loaded from. All are constants of the compiler: a species in a field or
 * parameter makes it box every vector. For the same reason long kernels call the Vector API itself, not helpers of ours, which C2
 * refuses to inline beside many live vectors; and nothing here uses {@code reduceLanes}, whose order of additions differs between
 * interpreter and compiler.
 */
final class Lanes {

    static final VectorSpecies<Float> FLOATS = FloatVector.SPECIES_PREFERRED;
    static final int LENGTH = FLOATS.length();
    /** Bytes of a vector. */
    static final int BYTES = LENGTH * Float.BYTES;
    static final VectorSpecies<Integer> INTS = IntVector.SPECIES_PREFERRED;
    /** As many 16-bit elements as a vector has floats. */
    static final VectorSpecies<Short> SHORTS = VectorSpecies.of(short.class, VectorShape.forBitSize(LENGTH * Short.SIZE));
    /**
     * The bits that an address in user space may have: an address so masked needs no check against the end of {@link #MEMORY}, which C2
     * then leaves out.
     */
    static final long ADDRESS = 0xFFFF_FFFF_FFFFL;
    /** All of native memory. */
    static final MemorySegment MEMORY = MemorySegment.NULL.reinterpret(Long.MAX_VALUE);
    static final ByteOrder ORDER = ByteOrder.LITTLE_ENDIAN;
    static final ValueLayout.OfFloat FLOAT = ValueLayout.JAVA_FLOAT_UNALIGNED.withOrder(ORDER);
    static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT_UNALIGNED.withOrder(ORDER);
    static final ValueLayout.OfShort SHORT = ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ORDER);

    private Lanes() {
    }

    static float get(long address) {
        return MEMORY.get(FLOAT, address);
    }

    static void set(long address, float value) {
        MEMORY.set(FLOAT, address, value);
    }

    static int getInt(long address) {
        return MEMORY.get(INT, address);
    }

    static void setInt(long address, int value) {
        MEMORY.set(INT, address, value);
    }

    /** Copies {@code bytes} bytes. */
    static void copy(long from, long to, long bytes) {
        MemorySegment.copy(MEMORY, from, MEMORY, to, bytes);
    }

    /** Writes zeros over {@code bytes} bytes, a multiple of four. */
    static void zero(long at, long bytes) {
        long whole = bytes / BYTES * BYTES;
        for (long i = 0; i < whole; i += BYTES) {
            FloatVector.zero(FLOATS).intoMemorySegment(MEMORY, at + i, ORDER);
        }
        for (long i = whole; i < bytes; i += Float.BYTES) {
            set(at + i, 0);
        }
    }

    /** {@code size} rounded up to whole vectors. */
    static int padded(int size) {
        return (size + LENGTH - 1) / LENGTH * LENGTH;
    }
}
