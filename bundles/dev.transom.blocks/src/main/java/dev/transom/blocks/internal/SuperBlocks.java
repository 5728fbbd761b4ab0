package dev.transom.blocks.internal;

import static dev.transom.blocks.internal.Bits.f16;
import static dev.transom.blocks.internal.Bits.u16;
import static dev.transom.blocks.internal.Bits.u8;

/**
 * Blocks of 256 elements whose parts of 16 or 32 have small scales, counted in one or two scales of the block: Q2_K to Q6_K, IQ4_XS,
 * TQ1_0, TQ2_0. Layouts: ggml, {@code ggml-common.h} and {@code ggml-quants.c}.
 */
final class SuperBlocks {

    private static final int[] POWERS_OF_3 = {1, 3, 9, 27, 81};

    private SuperBlocks() {
    }

    static void q2k(byte[] from, int at, float[] to, int start) {
        float d = f16(from, at + 80);
        float m = f16(from, at + 82);
        for (int part = 0; part < 16; part++) {
            int scale = u8(from, at + part);
            float dl = d * (scale & 0xf);
            float ml = m * (scale >> 4);
            int quants = at + 16 + part / 8 * 32 + part % 2 * 16;
            int shift = part % 8 / 2 * 2;
            for (int i = 0; i < 16; i++) {
                to[start + 16 * part + i] = dl * (u8(from, quants + i) >> shift & 3) - ml;
            }
        }
    }

    static void q3k(byte[] from, int at, float[] to, int start) {
        float d = f16(from, at + 108);
        for (int part = 0; part < 16; part++) {
            float dl = d * q3kScale(from, at + 96, part);
            int high = at + part % 2 * 16;
            int quants = at + 32 + part / 8 * 32 + part % 2 * 16;
            int shift = part % 8 / 2 * 2;
            int bit = part / 2;
            for (int i = 0; i < 16; i++) {
                int low = u8(from, quants + i) >> shift & 3;
                to[start + 16 * part + i] = dl * (low - ((u8(from, high + i) >> bit & 1) == 0 ? 4 : 0));
            }
        }
    }

    /** Scales of six bits: four in halves of the first eight bytes, two in the last four bytes. */
    private static int q3kScale(byte[] from, int scales, int part) {
        int low = u8(from, scales + part % 8) >> part / 8 * 4 & 0xf;
        int high = u8(from, scales + 8 + part % 4) >> part / 4 * 2 & 3;
        return (low | high << 4) - 32;
    }

    static void q4k(byte[] from, int at, float[] to, int start) {
        float d = f16(from, at);
        float m = f16(from, at + 2);
        for (int part = 0; part < 8; part++) {
            float dl = d * scale(from, at + 4, part);
            float ml = m * minimum(from, at + 4, part);
            int quants = at + 16 + part / 2 * 32;
            int shift = part % 2 * 4;
            for (int i = 0; i < 32; i++) {
                to[start + 32 * part + i] = dl * (u8(from, quants + i) >> shift & 0xf) - ml;
            }
        }
    }

    static void q5k(byte[] from, int at, float[] to, int start) {
        float d = f16(from, at);
        float m = f16(from, at + 2);
        for (int part = 0; part < 8; part++) {
            float dl = d * scale(from, at + 4, part);
            float ml = m * minimum(from, at + 4, part);
            int quants = at + 48 + part / 2 * 32;
            int shift = part % 2 * 4;
            for (int i = 0; i < 32; i++) {
                int q = u8(from, quants + i) >> shift & 0xf | (u8(from, at + 16 + i) >> part & 1) << 4;
                to[start + 32 * part + i] = dl * q - ml;
            }
        }
    }

    /** Eight scales and eight minima of six bits in twelve bytes; the last four have their upper bits where the first have room. */
    static int scale(byte[] from, int scales, int part) {
        return part < 4 ? u8(from, scales + part) & 63
            : u8(from, scales + part + 4) & 0xf | u8(from, scales + part - 4) >> 6 << 4;
    }

    static int minimum(byte[] from, int scales, int part) {
        return part < 4 ? u8(from, scales + part + 4) & 63
            : u8(from, scales + part + 4) >> 4 | u8(from, scales + part) >> 6 << 4;
    }

    static void q6k(byte[] from, int at, float[] to, int start) {
        float d = f16(from, at + 208);
        for (int part = 0; part < 16; part++) {
            float dl = d * from[at + 192 + part];
            int half = part / 8;
            int quarter = part % 8 / 2;
            int low = at + 64 * half + quarter % 2 * 32 + part % 2 * 16;
            int high = at + 128 + 32 * half + part % 2 * 16;
            for (int i = 0; i < 16; i++) {
                int q = u8(from, low + i) >> quarter / 2 * 4 & 0xf | (u8(from, high + i) >> quarter * 2 & 3) << 4;
                to[start + 16 * part + i] = dl * (q - 32);
            }
        }
    }

    static void iq4xs(byte[] from, int at, float[] to, int start) {
        float d = f16(from, at);
        int high = u16(from, at + 2);
        for (int part = 0; part < 8; part++) {
            int scale = u8(from, at + 4 + part / 2) >> part % 2 * 4 & 0xf | (high >> 2 * part & 3) << 4;
            PlainBlocks.table(PlainBlocks.UNEVEN, d * (scale - 32), from, at + 8 + 16 * part, 16, to, start + 32 * part);
        }
    }

    /** Five digits of base three in a byte, as a fraction of 256. */
    static void tq10(byte[] from, int at, float[] to, int start) {
        float d = f16(from, at + 52);
        int next = start;
        next = digits(from, at, 32, 5, d, to, next);
        next = digits(from, at + 32, 16, 5, d, to, next);
        digits(from, at + 48, 4, 4, d, to, next);
    }

    private static int digits(byte[] from, int at, int bytes, int digits, float d, float[] to, int start) {
        for (int digit = 0; digit < digits; digit++) {
            for (int i = 0; i < bytes; i++) {
                int rest = u8(from, at + i) * POWERS_OF_3[digit] & 0xff;
                to[start + digit * bytes + i] = ((rest * 3 >> 8) - 1) * d;
            }
        }
        return start + digits * bytes;
    }

    static void tq20(byte[] from, int at, float[] to, int start) {
        float d = f16(from, at + 64);
        for (int i = 0; i < 256; i++) {
            int q = u8(from, at + i / 128 * 32 + i % 32) >> i % 128 / 32 * 2 & 3;
            to[start + i] = (q - 1) * d;
        }
    }
}
