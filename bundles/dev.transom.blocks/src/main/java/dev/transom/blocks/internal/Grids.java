package dev.transom.blocks.internal;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Arrays;

/**
 * The tables of points that the IQ formats choose from; they are part of the formats' definition. The resource holds, for each element
 * of each point, which of the table's values it is: two bits, or four where there are more than three values, lowest first.
 */
final class Grids {

    private static final byte[] TWO = {0x08, 0x19, 0x2b};
    private static final byte[] THREE_XXS = {0x04, 0x0c, 0x14, 0x1c, 0x24, 0x2c, 0x34, 0x3e};
    private static final byte[] THREE_S = {1, 3, 5, 7, 9, 11, 13, 15};
    private static final byte[] ONE = {-1, 0, 1};
    private static final byte[] RESOURCE = resource();

    static final byte[] IQ2_XXS = table(0, 512, 2, TWO);
    static final byte[] IQ2_XS = table(512, 1024, 2, TWO);
    static final byte[] IQ2_S = table(1536, 2048, 2, TWO);
    static final byte[] IQ3_XXS = table(3584, 512, 4, THREE_XXS);
    static final byte[] IQ3_S = table(4096, 1024, 4, THREE_S);
    static final byte[] IQ1 = table(5120, 4096, 2, ONE);

    private Grids() {
    }

    /** Which of eight elements are negative, from seven bits: the eighth makes their number even. */
    static int signs(int seven) {
        return seven | (Integer.bitCount(seven) & 1) << 7;
    }

    private static byte[] table(int at, int bytes, int bits, byte[] values) {
        byte[] packed = Arrays.copyOfRange(RESOURCE, at, at + bytes);
        byte[] table = new byte[bytes * 8 / bits];
        for (int i = 0; i < table.length; i++) {
            int bit = i * bits;
            table[i] = values[packed[bit / 8] >> bit % 8 & (1 << bits) - 1];
        }
        return table;
    }

    private static byte[] resource() {
        try (InputStream stream = Grids.class.getResourceAsStream("grids.bin")) {
            return stream.readAllBytes();
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }
}
