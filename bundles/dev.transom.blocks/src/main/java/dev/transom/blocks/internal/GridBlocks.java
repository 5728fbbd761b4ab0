package dev.transom.blocks.internal;

import static dev.transom.blocks.internal.Bits.f16;
import static dev.transom.blocks.internal.Bits.i32;
import static dev.transom.blocks.internal.Bits.u16;
import static dev.transom.blocks.internal.Bits.u8;

/**
 * Blocks of 256 elements made of points of a grid: IQ2_XXS, IQ2_XS, IQ2_S, IQ3_XXS, IQ3_S, IQ1_S, IQ1_M. A part of 32 elements has
 * a scale; eight elements at a time have a point (or two of four) and their signs. Layouts: ggml, {@code ggml-quants.c}.
 */
final class GridBlocks {

    private static final float DELTA = 0.125f;

    private GridBlocks() {
    }

    static void iq2xxs(byte[] from, int at, float[] to, int start) {
        float d = f16(from, at);
        for (int part = 0; part < 8; part++) {
            int points = at + 2 + 8 * part;
            int rest = i32(from, points + 4);
            float dl = d * (0.5f + (rest >>> 28)) * 0.25f;
            for (int l = 0; l < 4; l++) {
                signed(Grids.IQ2_XXS, 8 * u8(from, points + l), 8, Grids.signs(rest >> 7 * l & 127), 0, dl, to, start + 32 * part + 8 * l);
            }
        }
    }

    static void iq2xs(byte[] from, int at, float[] to, int start) {
        float d = f16(from, at);
        for (int part = 0; part < 8; part++) {
            int scales = u8(from, at + 66 + part);
            for (int l = 0; l < 4; l++) {
                float dl = d * (0.5f + (scales >> l / 2 * 4 & 0xf)) * 0.25f;
                int point = u16(from, at + 2 + 8 * part + 2 * l);
                signed(Grids.IQ2_XS, 8 * (point & 511), 8, Grids.signs(point >> 9), 0, dl, to, start + 32 * part + 8 * l);
            }
        }
    }

    static void iq2s(byte[] from, int at, float[] to, int start) {
        float d = f16(from, at);
        for (int part = 0; part < 8; part++) {
            int scales = u8(from, at + 74 + part);
            int high = u8(from, at + 66 + part);
            for (int l = 0; l < 4; l++) {
                float dl = d * (0.5f + (scales >> l / 2 * 4 & 0xf)) * 0.25f;
                int point = u8(from, at + 2 + 4 * part + l) | (high >> 2 * l & 3) << 8;
                signed(Grids.IQ2_S, 8 * point, 8, u8(from, at + 34 + 4 * part + l), 0, dl, to, start + 32 * part + 8 * l);
            }
        }
    }

    static void iq3xxs(byte[] from, int at, float[] to, int start) {
        float d = f16(from, at);
        for (int part = 0; part < 8; part++) {
            int rest = i32(from, at + 66 + 4 * part);
            float dl = d * (0.5f + (rest >>> 28)) * 0.5f;
            for (int l = 0; l < 8; l++) {
                int signs = Grids.signs(rest >> 7 * (l / 2) & 127);
                signed(Grids.IQ3_XXS, 4 * u8(from, at + 2 + 8 * part + l), 4, signs, l % 2 * 4, dl, to, start + 32 * part + 4 * l);
            }
        }
    }

    static void iq3s(byte[] from, int at, float[] to, int start) {
        float d = f16(from, at);
        for (int part = 0; part < 8; part++) {
            float dl = d * (1 + 2 * (u8(from, at + 106 + part / 2) >> part % 2 * 4 & 0xf));
            int high = u8(from, at + 66 + part);
            for (int l = 0; l < 8; l++) {
                int point = u8(from, at + 2 + 8 * part + l) | (high >> l & 1) << 8;
                int signs = u8(from, at + 74 + 4 * part + l / 2);
                signed(Grids.IQ3_S, 4 * point, 4, signs, l % 2 * 4, dl, to, start + 32 * part + 4 * l);
            }
        }
    }

    /** Elements of a point, negative where their bit from {@code bit} on is set. */
    private static void signed(byte[] grid, int point, int count, int signs, int bit, float dl, float[] to, int start) {
        for (int i = 0; i < count; i++) {
            to[start + i] = dl * grid[point + i] * ((signs >> bit + i & 1) == 0 ? 1f : -1f);
        }
    }

    static void iq1s(byte[] from, int at, float[] to, int start) {
        float d = f16(from, at);
        for (int part = 0; part < 8; part++) {
            int high = u16(from, at + 34 + 2 * part);
            float dl = d * (2 * (high >> 12 & 7) + 1);
            float delta = (high & 0x8000) == 0 ? DELTA : -DELTA;
            for (int l = 0; l < 4; l++) {
                int point = u8(from, at + 2 + 4 * part + l) | (high >> 3 * l & 7) << 8;
                shifted(point, dl, delta, to, start + 32 * part + 8 * l);
            }
        }
    }

    /** The block's scale lies in the upper halves of the bytes that hold the scales of its parts. */
    static void iq1m(byte[] from, int at, float[] to, int start) {
        int scales = at + 48;
        int half = u16(from, scales) >> 12 | u16(from, scales + 2) >> 8 & 0xf0 | u16(from, scales + 4) >> 4 & 0xf00
            | u16(from, scales + 6) & 0xf000;
        float d = Float.float16ToFloat((short) half);
        for (int part = 0; part < 8; part++) {
            int packed = u16(from, scales + part / 2 * 2) >> part % 2 * 6;
            for (int l = 0; l < 4; l++) {
                float dl = d * (2 * (packed >> l / 2 * 3 & 7) + 1);
                int high = u8(from, at + 32 + 2 * part + l / 2) >> l % 2 * 4;
                int point = u8(from, at + 4 * part + l) | (high & 7) << 8;
                shifted(point, dl, (high & 8) == 0 ? DELTA : -DELTA, to, start + 32 * part + 8 * l);
            }
        }
    }

    private static void shifted(int point, float dl, float delta, float[] to, int start) {
        for (int i = 0; i < 8; i++) {
            to[start + i] = dl * (Grids.IQ1[8 * point + i] + delta);
        }
    }
}
