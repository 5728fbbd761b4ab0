package dev.transom.kernels.vector.internal;

import java.lang.foreign.MemorySegment;
import java.util.Arrays;

/** What {@link RowKernels} computes for norms, bit for bit, in loops over arrays: for a young process, as {@link PlainDots}. */
final class PlainNorms {

    private PlainNorms() {
    }

    /** y = (x·factor)·w with the factor 1/√(mean of x² + eps). */
    static void rms(long at, long weight, long to, int n, float eps) {
        float[] x = read(at, n);
        float[] w = read(weight, n);
        float[] lanes = new float[Lanes.LENGTH];
        for (int i = 0; i < n; i++) {
            lanes[i % lanes.length] = Math.fma(x[i], x[i], lanes[i % lanes.length]);
        }
        float factor = (float) (1 / Math.sqrt((double) one(lanes) / n + eps));
        for (int i = 0; i < n; i++) {
            x[i] = x[i] * factor * w[i];
        }
        MemorySegment.copy(x, 0, Lanes.MEMORY, Lanes.FLOAT, to, n);
    }

    /** y = ((x − mean)·factor)·w + b with the factor 1/√(variance + eps). */
    static void layer(long at, long weight, long bias, long to, int n, float eps) {
        float[] x = read(at, n);
        float[] w = read(weight, n);
        float[] b = read(bias, n);
        float[] lanes = new float[Lanes.LENGTH];
        for (int i = 0; i < n; i++) {
            lanes[i % lanes.length] += x[i];
        }
        float mean = one(lanes) / n;
        Arrays.fill(lanes, 0);
        for (int i = 0; i < n; i++) {
            x[i] -= mean;
            lanes[i % lanes.length] = Math.fma(x[i], x[i], lanes[i % lanes.length]);
        }
        float factor = (float) (1 / Math.sqrt((double) one(lanes) / n + eps));
        for (int i = 0; i < n; i++) {
            x[i] = x[i] * factor * w[i] + b[i];
        }
        MemorySegment.copy(x, 0, Lanes.MEMORY, Lanes.FLOAT, to, n);
    }

    /** As {@link LaneSums#one}; uses the sums up. */
    static float one(float[] lanes) {
        for (int half = lanes.length / 2; half > 1; half /= 2) {
            for (int lane = 0; lane < half; lane++) {
                lanes[lane] += lanes[lane + half];
            }
        }
        return lanes[0] + lanes[1];
    }

    private static float[] read(long from, int n) {
        float[] values = new float[n];
        MemorySegment.copy(Lanes.MEMORY, Lanes.FLOAT, from, values, 0, n);
        return values;
    }
}
