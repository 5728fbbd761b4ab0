package dev.transom.kernels.vector.internal;

/** Expands blocks whose elements are places in a table of sixteen values: IQ4_NL, IQ4_XS, MXFP4. */
final class TableBlocks {

    private static final byte[] UNEVEN = {-127, -104, -83, -65, -49, -35, -22, -10, 1, 13, 25, 38, 53, 69, 89, 113};
    private static final byte[] E2M1 = {0, 1, 2, 3, 4, 6, 8, 12, 0, -1, -2, -3, -4, -6, -8, -12};

    private TableBlocks() {
    }

    static void iq4nl(long from, long to) {
        pairs(UNEVEN, Quants.f16(from), from + 2, to);
    }

    static void iq4xs(long from, long to) {
        float d = Quants.f16(from);
        int high = Lanes.MEMORY.get(Lanes.SHORT, from + 2);
        for (int part = 0; part < 8; part++) {
            int scale = Quants.u8(from + 4 + part / 2) >> part % 2 * 4 & 0xf | (high >> 2 * part & 3) << 4;
            pairs(UNEVEN, d * (scale - 32), from + 8 + 16 * part, to + 128L * part);
        }
    }

    /** The scale is half of a power of two, for the table counts halves. */
    static void mxfp4(long from, long to) {
        int exponent = Quants.u8(from);
        pairs(E2M1, Float.intBitsToFloat(exponent < 2 ? 0x00200000 << exponent : exponent - 1 << 23), from + 1, to);
    }

    private static void pairs(byte[] values, float d, long from, long to) {
        for (int i = 0; i < 16; i++) {
            int pair = Quants.u8(from + i);
            Lanes.set(to + 4L * i, d * values[pair & 0xf]);
            Lanes.set(to + 4L * (i + 16), d * values[pair >> 4]);
        }
    }
}
