package dev.transom.kernels.vector.internal;

import java.lang.foreign.MemorySegment;
import java.util.Arrays;

/**
 * What {@link DotTile} and {@link LaneSums} compute, bit for bit, in loops over arrays. Slower than vectors, but not in a young
 * process: before the just-in-time compiler has seen it, a vector operation takes a thousand times as long as afterwards, a loop
 * over arrays only some ten times.
 */
final class PlainDots {

    private final Storage storage;
    private final float[] weights;
    private final short[] halves;
    private final float[] x;
    private final float[] sums;

    /**
     * @param rows rows of weights at most
     * @param size elements of a block at most
     */
    PlainDots(Storage storage, int rows, int size) {
        this.storage = storage;
        this.weights = new float[rows * size];
        this.halves = new short[storage == Storage.F32 ? 0 : size];
        this.x = new float[size];
        this.sums = new float[rows];
    }

    /**
     * Reads a block of rows of weights.
     *
     * @param stride bytes from row to row
     * @param size   elements of the block, a whole number of vectors
     * @param real   how many of them are stored; zeros stand for the others
     */
    void weights(long w, long stride, int rows, int size, int real) {
        for (int r = 0; r < rows; r++) {
            if (storage == Storage.F32) {
                MemorySegment.copy(Lanes.MEMORY, Lanes.FLOAT, w + r * stride, weights, r * size, real);
            } else {
                MemorySegment.copy(Lanes.MEMORY, Lanes.SHORT, w + r * stride, halves, 0, real);
                expand(r * size, real);
            }
            Arrays.fill(weights, r * size + real, (r + 1) * size, 0);
        }
    }

    /**
     * Multiplies the rows read with one token.
     *
     * @param first whether y counts as zero
     */
    void token(long token, int rows, int size, boolean first, long y) {
        MemorySegment.copy(Lanes.MEMORY, Lanes.FLOAT, token, x, 0, size);
        if (first) {
            Arrays.fill(sums, 0, rows, 0);
        } else {
            MemorySegment.copy(Lanes.MEMORY, Lanes.FLOAT, y, sums, 0, rows);
        }
        for (int r = 0; r < rows; r++) {
            sums[r] = dot(x, weights, r * size, size, sums[r]);
        }
        MemorySegment.copy(sums, 0, Lanes.MEMORY, Lanes.FLOAT, y, rows);
    }

    private void expand(int to, int count) {
        if (storage == Storage.F16) {
            for (int i = 0; i < count; i++) {
                weights[to + i] = Float.float16ToFloat(halves[i]);
            }
        } else {
            for (int i = 0; i < count; i++) {
                weights[to + i] = Float.intBitsToFloat(halves[i] << 16);
            }
        }
    }

    /** One partial sum after the other: what the lanes of a vector hold side by side. */
    private static float dot(float[] x, float[] w, int row, int size, float start) {
        float sum = start;
        for (int lane = 0; lane < Lanes.LENGTH; lane++) {
            float partial = 0;
            for (int i = lane; i < size; i += Lanes.LENGTH) {
                partial = Math.fma(x[i], w[row + i], partial);
            }
            sum += partial;
        }
        return sum;
    }
}
