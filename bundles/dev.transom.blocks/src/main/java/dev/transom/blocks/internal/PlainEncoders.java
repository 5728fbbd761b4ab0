package dev.transom.blocks.internal;

/**
 * Quantises blocks of 32 elements: the largest magnitude takes the largest level, everything else the nearest. The same choices as
 * ggml's reference quantisers, so that files agree.
 */
final class PlainEncoders {

    private static final int HALF = 16;

    private PlainEncoders() {
    }

    static void q40(float[] from, int start, byte[] to, int at) {
        float inverse = symmetric(from, start, 8, to, at);
        for (int i = 0; i < HALF; i++) {
            to[at + 2 + i] = (byte) (level(from[start + i] * inverse + 8.5f, 15) | level(from[start + i + HALF] * inverse + 8.5f, 15) << 4);
        }
    }

    static void q50(float[] from, int start, byte[] to, int at) {
        float inverse = symmetric(from, start, 16, to, at);
        fives(from, start, 0, inverse, 16.5f, to, at + 2);
    }

    static void q41(float[] from, int start, byte[] to, int at) {
        float inverse = affine(from, start, 15, to, at);
        float min = min(from, start);
        for (int i = 0; i < HALF; i++) {
            int low = level((from[start + i] - min) * inverse + 0.5f, 15);
            int high = level((from[start + i + HALF] - min) * inverse + 0.5f, 15);
            to[at + 4 + i] = (byte) (low | high << 4);
        }
    }

    static void q51(float[] from, int start, byte[] to, int at) {
        float inverse = affine(from, start, 31, to, at);
        fives(from, start, min(from, start), inverse, 0.5f, to, at + 4);
    }

    static void q80(float[] from, int start, byte[] to, int at) {
        float largest = 0;
        for (int i = 0; i < 2 * HALF; i++) {
            largest = Math.max(largest, Math.abs(from[start + i]));
        }
        float scale = largest / 127;
        float inverse = scale == 0 ? 0 : 1 / scale;
        Bits.f16(to, at, scale);
        for (int i = 0; i < 2 * HALF; i++) {
            float x = from[start + i] * inverse;
            to[at + 2 + i] = (byte) (x < 0 ? -(int) (0.5f - x) : (int) (x + 0.5f));
        }
    }

    /** Levels of five bits: the fifth of each lies in the four bytes before the others. */
    private static void fives(float[] from, int start, float min, float inverse, float offset, byte[] to, int at) {
        int high = 0;
        for (int i = 0; i < HALF; i++) {
            int first = level((from[start + i] - min) * inverse + offset, 31);
            int second = level((from[start + i + HALF] - min) * inverse + offset, 31);
            to[at + 4 + i] = (byte) (first & 0xf | (second & 0xf) << 4);
            high |= first >> 4 << i | second >> 4 << i + HALF;
        }
        Bits.i32(to, at, high);
    }

    /** Writes a scale by which the largest magnitude becomes {@code −levels}; gives its inverse. */
    private static float symmetric(float[] from, int start, int levels, byte[] to, int at) {
        float largest = 0;
        for (int i = 0; i < 2 * HALF; i++) {
            if (Math.abs(from[start + i]) > Math.abs(largest)) {
                largest = from[start + i];
            }
        }
        float scale = largest / -levels;
        Bits.f16(to, at, scale);
        return scale == 0 ? 0 : 1 / scale;
    }

    /** Writes scale and minimum that spread the values over levels 0 to {@code levels}; gives the scale's inverse. */
    private static float affine(float[] from, int start, int levels, byte[] to, int at) {
        float min = min(from, start);
        float max = from[start];
        for (int i = 1; i < 2 * HALF; i++) {
            max = Math.max(max, from[start + i]);
        }
        float scale = (max - min) / levels;
        Bits.f16(to, at, scale);
        Bits.f16(to, at + 2, min);
        return scale == 0 ? 0 : 1 / scale;
    }

    private static float min(float[] from, int start) {
        float min = from[start];
        for (int i = 1; i < 2 * HALF; i++) {
            min = Math.min(min, from[start + i]);
        }
        return min;
    }

    private static int level(float x, int most) {
        return Math.clamp((int) x, 0, most);
    }
}
