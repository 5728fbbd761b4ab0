package dev.transom.blocks.internal;

/**
 * Quantises blocks of 256 elements: first each part by itself ({@link ScaleSearch}), then the parts' scales and minima to levels of the
 * block's own, then the elements again with the scales as they will be read.
 */
final class SuperEncoders {

    private SuperEncoders() {
    }

    static void q4k(float[] from, int start, byte[] to, int at) {
        int[] levels = new int[256];
        affine(from, start, 15, -1f, 20, to, at, levels);
        for (int i = 0; i < 128; i++) {
            int low = i / 32 * 64 + i % 32;
            to[at + 16 + i] = (byte) (levels[low] | levels[low + 32] << 4);
        }
    }

    static void q5k(float[] from, int start, byte[] to, int at) {
        int[] levels = new int[256];
        affine(from, start, 31, -0.5f, 15, to, at, levels);
        for (int i = 0; i < 128; i++) {
            int low = i / 32 * 64 + i % 32;
            to[at + 48 + i] = (byte) (levels[low] & 0xf | (levels[low + 32] & 0xf) << 4);
        }
        for (int i = 0; i < 256; i++) {
            to[at + 16 + i % 32] |= (byte) (levels[i] >> 4 << i / 32);
        }
    }

    /** Scales and minima of eight parts of 32, six bits each, behind the two halves that count them. */
    private static void affine(float[] x, int start, int most, float first, int trials, byte[] to, int at, int[] levels) {
        ScaleSearch search = new ScaleSearch(32);
        float[] scales = new float[8];
        float[] minima = new float[8];
        for (int part = 0; part < 8; part++) {
            search.weighByMagnitude(x, start + 32 * part, true);
            search.affine(x, start + 32 * part, most, first, trials, false);
            scales[part] = search.scale();
            minima[part] = search.minimum();
        }
        int[] scaleLevels = counted(scales, 63);
        int[] minimumLevels = counted(minima, 63);
        float d = Bits.f16(to, at, largest(scales) / 63);
        float m = Bits.f16(to, at + 2, largest(minima) / 63);
        for (int part = 0; part < 8; part++) {
            pack(to, at + 4, part, scaleLevels[part], minimumLevels[part]);
            again(x, start, 32 * part, 32, d * scaleLevels[part], m * minimumLevels[part], most, levels);
        }
    }

    private static void pack(byte[] to, int at, int part, int scale, int minimum) {
        if (part < 4) {
            to[at + part] |= (byte) scale;
            to[at + part + 4] |= (byte) minimum;
        } else {
            to[at + part + 4] = (byte) (scale & 0xf | (minimum & 0xf) << 4);
            to[at + part - 4] |= (byte) (scale >> 4 << 6);
            to[at + part] |= (byte) (minimum >> 4 << 6);
        }
    }

    static void q2k(float[] from, int start, byte[] to, int at) {
        ScaleSearch search = new ScaleSearch(16);
        float[] scales = new float[16];
        float[] minima = new float[16];
        for (int part = 0; part < 16; part++) {
            search.weighByMagnitude(from, start + 16 * part, false);
            search.affine(from, start + 16 * part, 3, -0.5f, 15, true);
            scales[part] = search.scale();
            minima[part] = search.minimum();
        }
        int[] scaleLevels = counted(scales, 15);
        int[] minimumLevels = counted(minima, 15);
        float d = Bits.f16(to, at + 80, largest(scales) / 15);
        float m = Bits.f16(to, at + 82, largest(minima) / 15);
        int[] levels = new int[256];
        for (int part = 0; part < 16; part++) {
            to[at + part] = (byte) (scaleLevels[part] | minimumLevels[part] << 4);
            again(from, start, 16 * part, 16, d * scaleLevels[part], m * minimumLevels[part], 3, levels);
        }
        twos(levels, to, at + 16);
    }

    /** The lower two bits of levels: 128 elements in 32 bytes, each byte with elements 32 apart. */
    private static void twos(int[] levels, byte[] to, int at) {
        for (int i = 0; i < 256; i++) {
            to[at + i / 128 * 32 + i % 32] |= (byte) ((levels[i] & 3) << i % 128 / 32 * 2);
        }
    }

    static void q3k(float[] from, int start, byte[] to, int at) {
        float[] scales = symmetric(from, start, 4);
        float inverse = inverse(scales, -32);
        float d = Bits.f16(to, at + 108, inverse == 0 ? 0 : 1 / inverse);
        int[] levels = new int[256];
        for (int part = 0; part < 16; part++) {
            int scale = Math.clamp((int) Math.rint(inverse * scales[part]), -32, 31);
            int bits = scale + 32;
            to[at + 96 + part % 8] |= (byte) ((bits & 0xf) << part / 8 * 4);
            to[at + 104 + part % 4] |= (byte) (bits >> 4 << part / 4 * 2);
            again(from, start, 16 * part, 16, d * scale, 4, levels);
        }
        twos(levels, to, at + 32);
        for (int i = 0; i < 256; i++) {
            to[at + i % 32] |= (byte) (levels[i] >> 2 << i / 32);
        }
    }

    static void q6k(float[] from, int start, byte[] to, int at) {
        float[] scales = symmetric(from, start, 32);
        float inverse = inverse(scales, -128);
        float d = Bits.f16(to, at + 208, inverse == 0 ? 0 : 1 / inverse);
        int[] levels = new int[256];
        for (int part = 0; part < 16; part++) {
            int scale = Math.clamp((int) Math.rint(inverse * scales[part]), -128, 127);
            to[at + 192 + part] = (byte) scale;
            again(from, start, 16 * part, 16, d * scale, 32, levels);
        }
        for (int i = 0; i < 256; i++) {
            int half = i / 128;
            int quarter = i % 128 / 32;
            to[at + 64 * half + quarter % 2 * 32 + i % 32] |= (byte) ((levels[i] & 0xf) << quarter / 2 * 4);
            to[at + 128 + 32 * half + i % 32] |= (byte) (levels[i] >> 4 << quarter * 2);
        }
    }

    private static float[] symmetric(float[] from, int start, int half) {
        ScaleSearch search = new ScaleSearch(16);
        float[] scales = new float[16];
        for (int part = 0; part < 16; part++) {
            search.symmetric(from, start + 16 * part, half);
            scales[part] = search.scale();
        }
        return scales;
    }

    /** What makes the scale of largest magnitude {@code level}. */
    private static float inverse(float[] scales, int level) {
        float largest = 0;
        for (float scale : scales) {
            largest = Math.abs(scale) > Math.abs(largest) ? scale : largest;
        }
        return Math.abs(largest) < 1e-15f ? 0 : level / largest;
    }

    private static float largest(float[] values) {
        float largest = 0;
        for (float value : values) {
            largest = Math.max(largest, value);
        }
        return largest;
    }

    /** Values of zero and more as levels of which the largest is {@code most}. */
    private static int[] counted(float[] values, int most) {
        float largest = largest(values);
        float inverse = largest > 0 ? most / largest : 0;
        int[] levels = new int[values.length];
        for (int i = 0; i < values.length; i++) {
            levels[i] = Math.clamp((int) Math.rint(inverse * values[i]), 0, most);
        }
        return levels;
    }

    private static void again(float[] x, int start, int first, int count, float scale, float minimum, int most, int[] levels) {
        for (int i = first; scale != 0 && i < first + count; i++) {
            levels[i] = Math.clamp((int) Math.rint((x[start + i] + minimum) / scale), 0, most);
        }
    }

    /** Levels {@code −half} to {@code half − 1}, stored from zero. */
    private static void again(float[] x, int start, int first, int count, float scale, int half, int[] levels) {
        for (int i = first; i < first + count; i++) {
            levels[i] = scale == 0 ? half : Math.clamp((int) Math.rint(x[start + i] / scale), -half, half - 1) + half;
        }
    }
}
