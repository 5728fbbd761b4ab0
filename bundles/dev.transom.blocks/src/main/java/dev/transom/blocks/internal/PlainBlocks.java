package dev.transom.blocks.internal;

import static dev.transom.blocks.internal.Bits.f16;
import static dev.transom.blocks.internal.Bits.i32;
import static dev.transom.blocks.internal.Bits.u8;

/**
 * Blocks of 32 elements with one scale: Q4_0, Q4_1, Q5_0, Q5_1, Q8_0, IQ4_NL, MXFP4, and NVFP4 with one for 16 elements. Low halves of
 * bytes hold the first half of the elements, high halves the second. Layouts: ggml, {@code ggml-common.h}.
 */
final class PlainBlocks {

    /** The sixteen values of IQ4_NL and IQ4_XS: finer near zero. */
    static final byte[] UNEVEN = {-127, -104, -83, -65, -49, -35, -22, -10, 1, 13, 25, 38, 53, 69, 89, 113};
    /** The sixteen values of a float with two bits of exponent and one of fraction, doubled. */
    private static final byte[] E2M1 = {0, 1, 2, 3, 4, 6, 8, 12, 0, -1, -2, -3, -4, -6, -8, -12};
    private static final int HALF = 16;

    private PlainBlocks() {
    }

    static void q40(byte[] from, int at, float[] to, int start) {
        float d = f16(from, at);
        for (int i = 0; i < HALF; i++) {
            int pair = u8(from, at + 2 + i);
            to[start + i] = ((pair & 0xf) - 8) * d;
            to[start + i + HALF] = ((pair >> 4) - 8) * d;
        }
    }

    static void q41(byte[] from, int at, float[] to, int start) {
        float d = f16(from, at);
        float m = f16(from, at + 2);
        for (int i = 0; i < HALF; i++) {
            int pair = u8(from, at + 4 + i);
            to[start + i] = (pair & 0xf) * d + m;
            to[start + i + HALF] = (pair >> 4) * d + m;
        }
    }

    static void q50(byte[] from, int at, float[] to, int start) {
        float d = f16(from, at);
        int high = i32(from, at + 2);
        for (int i = 0; i < HALF; i++) {
            int pair = u8(from, at + 6 + i);
            to[start + i] = ((pair & 0xf | (high >>> i & 1) << 4) - 16) * d;
            to[start + i + HALF] = ((pair >> 4 | (high >>> i + HALF & 1) << 4) - 16) * d;
        }
    }

    static void q51(byte[] from, int at, float[] to, int start) {
        float d = f16(from, at);
        float m = f16(from, at + 2);
        int high = i32(from, at + 4);
        for (int i = 0; i < HALF; i++) {
            int pair = u8(from, at + 8 + i);
            to[start + i] = (pair & 0xf | (high >>> i & 1) << 4) * d + m;
            to[start + i + HALF] = (pair >> 4 | (high >>> i + HALF & 1) << 4) * d + m;
        }
    }

    static void q80(byte[] from, int at, float[] to, int start) {
        float d = f16(from, at);
        for (int i = 0; i < 2 * HALF; i++) {
            to[start + i] = from[at + 2 + i] * d;
        }
    }

    static void iq4nl(byte[] from, int at, float[] to, int start) {
        table(UNEVEN, f16(from, at), from, at + 2, HALF, to, start);
    }

    static void mxfp4(byte[] from, int at, float[] to, int start) {
        table(E2M1, Bits.e8m0Half(u8(from, at)), from, at + 1, HALF, to, start);
    }

    static void nvfp4(byte[] from, int at, float[] to, int start) {
        for (int part = 0; part < 4; part++) {
            table(E2M1, Bits.ue4m3Half(u8(from, at + part)), from, at + 4 + 8 * part, 8, to, start + 16 * part);
        }
    }

    /** Values of a table by the two halves of {@code count} bytes. */
    static void table(byte[] values, float scale, byte[] from, int at, int count, float[] to, int start) {
        for (int i = 0; i < count; i++) {
            int pair = u8(from, at + i);
            to[start + i] = scale * values[pair & 0xf];
            to[start + i + count] = scale * values[pair >> 4];
        }
    }
}
