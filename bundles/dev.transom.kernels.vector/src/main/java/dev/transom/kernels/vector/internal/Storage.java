package dev.transom.kernels.vector.internal;

import static dev.transom.kernels.vector.internal.Lanes.INTS;
import static dev.transom.kernels.vector.internal.Lanes.LENGTH;
import static dev.transom.kernels.vector.internal.Lanes.MEMORY;
import static dev.transom.kernels.vector.internal.Lanes.ORDER;
import static dev.transom.kernels.vector.internal.Lanes.SHORTS;

import dev.transom.api.tensor.Format;
import java.util.Optional;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.ShortVector;
import jdk.incubator.vector.VectorOperators;

/** The formats of weights that these kernels read, and their expansion to floats. */
enum Storage {
    F32(4), F16(2), BF16(2);

    /** Sign, exponent and fraction of a half, its sign extended, shifted to where a float has them. */
    private static final int HALF_BITS = 0x8fffe000;
    private static final int HALF_INFINITY = 0x7c00;
    /** Moves a half's exponent, put where a float's stands, from bias 15 to 127; denormals come out right by themselves. */
    private static final float REBIAS = 0x1p112f;
    private static final int FLOAT_INFINITY = 0x7f800000;

    private final int bytes;

    Storage(int bytes) {
        this.bytes = bytes;
    }

    static Optional<Storage> of(Format format) {
        return switch (format.name()) {
            case "F32" -> Optional.of(F32);
            case "F16" -> Optional.of(F16);
            case "BF16" -> Optional.of(BF16);
            default -> Optional.empty();
        };
    }

    /** Bytes of one element. */
    int bytes() {
        return bytes;
    }

    /** Expands {@code count} elements to floats. */
    void expand(long from, long to, int count) {
        int whole = count / LENGTH * LENGTH;
        switch (this) {
            case F32 -> Lanes.copy(from, to, 4L * count);
            case BF16 -> {
                for (int i = 0; i < whole; i += LENGTH) {
                    bf16(from + 2L * i).intoMemorySegment(MEMORY, to + 4L * i, ORDER);
                }
                tail(from, to, whole, count);
            }
            case F16 -> {
                for (int i = 0; i < whole; i += LENGTH) {
                    f16(from + 2L * i).intoMemorySegment(MEMORY, to + 4L * i, ORDER);
                }
                tail(from, to, whole, count);
            }
        }
    }

    /**
     * Expands {@code count} elements one by one: for the few rows of a table that a step looks up, which come first in a young process,
     * where vector operations are not compiled yet.
     */
    void expandPlainly(long from, long to, int count) {
        if (this == F32) {
            Lanes.copy(from, to, 4L * count);
        } else {
            tail(from, to, 0, count);
        }
    }

    private void tail(long from, long to, int start, int count) {
        for (int i = start; i < count; i++) {
            Lanes.set(to + 4L * i, real(from + 2L * i));
        }
    }

    /** One element. */
    float real(long at) {
        return switch (this) {
            case F32 -> Lanes.get(at);
            case F16 -> Float.float16ToFloat(MEMORY.get(Lanes.SHORT, at));
            case BF16 -> Float.intBitsToFloat(MEMORY.get(Lanes.SHORT, at) << 16);
        };
    }

    /** A vector of BF16 elements. */
    static FloatVector bf16(long at) {
        return ((IntVector) ShortVector.fromMemorySegment(SHORTS, MEMORY, at, ORDER)
            .convertShape(VectorOperators.ZERO_EXTEND_S2I, INTS, 0)).lanewise(VectorOperators.LSHL, 16).reinterpretAsFloats();
    }

    /** A vector of F16 elements. */
    static FloatVector f16(long at) {
        IntVector bits = (IntVector) ShortVector.fromMemorySegment(SHORTS, MEMORY, at, ORDER)
            .convertShape(VectorOperators.S2I, INTS, 0);
        IntVector raw = bits.lanewise(VectorOperators.LSHL, 13).and(HALF_BITS);
        // Infinity and NaN get a float's largest exponent, which scaling leaves.
        IntVector special = bits.and(HALF_INFINITY).sub(HALF_INFINITY).lanewise(VectorOperators.ASHR, 31).not().and(FLOAT_INFINITY);
        return raw.or(special).reinterpretAsFloats().mul(REBIAS);
    }
}
