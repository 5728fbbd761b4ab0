package dev.transom.kernels.vector.internal;

import java.lang.foreign.MemorySegment;

/**
 * What {@link Function} computes for some of its functions, bit for bit, in loops over arrays: for a young process, as
 * {@link PlainDots}.
 */
final class PlainFunctions {

    private static final float LOG2_E = 1.44269504f;
    private static final float LN2_HIGH = 0.693359375f;
    private static final float LN2_LOW = -2.12194440e-4f;
    private static final float ROUND = 12582912f;
    private static final float EXP_UNDERFLOW = -104f;
    private static final float DECAY_END = -87f;
    private static final float EXP_OVERFLOW = 88.73f;

    private PlainFunctions() {
    }

    static boolean knows(Function function) {
        return function == Function.GELU_TANH || function == Function.SILU;
    }

    /** y = f(x) for {@code count} elements. */
    static void apply(Function function, long x, long y, int count) {
        float[] values = new float[count];
        MemorySegment.copy(Lanes.MEMORY, Lanes.FLOAT, x, values, 0, count);
        for (int i = 0; i < count; i++) {
            values[i] *= sigmoid(function == Function.SILU ? values[i] : inner(values[i]));
        }
        MemorySegment.copy(values, 0, Lanes.MEMORY, Lanes.FLOAT, y, count);
    }

    private static float inner(float x) {
        return (x * x * x * Function.CUBIC + x) * (2 * Function.ROOT);
    }

    private static float sigmoid(float x) {
        return 1 / (exp(-x) + 1);
    }

    private static float exp(float x) {
        if (x < EXP_UNDERFLOW) {
            return 0;
        }
        if (x > EXP_OVERFLOW) {
            return Float.POSITIVE_INFINITY;
        }
        float rounded = Math.fma(x, LOG2_E, ROUND);
        int n = Float.floatToRawIntBits(rounded) - Float.floatToRawIntBits(ROUND);
        float p = fraction(x, rounded - ROUND);
        int half = n >> 1;
        return p * power(half) * power(n - half);
    }

    /** As {@link VectorMath#decay}. */
    static float decay(float x) {
        if (x < DECAY_END) {
            return 0;
        }
        float rounded = Math.fma(x, LOG2_E, ROUND);
        float p = fraction(x, rounded - ROUND);
        return Float.intBitsToFloat(Float.floatToRawIntBits(p) + (Float.floatToRawIntBits(rounded) << 23));
    }

    /** e to what is left of x without {@code whole} times ln 2. */
    private static float fraction(float x, float whole) {
        float r = Math.fma(whole, -LN2_HIGH, x);
        r = Math.fma(whole, -LN2_LOW, r);
        float p = Math.fma(r, 1.9875691500e-4f, 1.3981999507e-3f);
        p = Math.fma(p, r, 8.3334519073e-3f);
        p = Math.fma(p, r, 4.1665795894e-2f);
        p = Math.fma(p, r, 1.6666665459e-1f);
        p = Math.fma(p, r, 5.0000001201e-1f);
        return Math.fma(p, r * r, r) + 1;
    }

    private static float power(int n) {
        return Float.intBitsToFloat(n + 127 << 23);
    }
}
