package dev.transom.kernels.vector.internal;

import static dev.transom.kernels.vector.internal.Lanes.FLOATS;
import static dev.transom.kernels.vector.internal.Lanes.LENGTH;

import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorShuffle;

/**
 * Constants that exchange lanes a power of two apart: {@code FLIP_d} moves lane l to l xor d, {@code LOW_d} is set in lanes whose bit d is
 * zero.
 */
final class Exchange {

    static final VectorShuffle<Float> FLIP_8 = flip(8);
    static final VectorShuffle<Float> FLIP_4 = flip(4);
    static final VectorShuffle<Float> FLIP_2 = flip(2);
    static final VectorShuffle<Float> FLIP_1 = flip(1);
    static final VectorMask<Float> LOW_8 = low(8);
    static final VectorMask<Float> LOW_4 = low(4);
    static final VectorMask<Float> LOW_2 = low(2);
    static final VectorMask<Float> LOW_1 = low(1);

    private Exchange() {
    }

    private static VectorShuffle<Float> flip(int distance) {
        return VectorShuffle.fromOp(FLOATS, lane -> (lane ^ distance) % LENGTH);
    }

    private static VectorMask<Float> low(int distance) {
        long bits = 0;
        for (int lane = 0; lane < LENGTH; lane++) {
            bits |= (lane & distance) == 0 ? 1L << lane : 0;
        }
        return VectorMask.fromLong(FLOATS, bits);
    }
}
