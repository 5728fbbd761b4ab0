package dev.transom.kernels.vector.internal;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.transom.api.tensor.Format;
import dev.transom.graph.Attributes;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MatMulTest {

    private static final Format[] FORMATS = {Format.F32, Format.F16, Format.BF16};
    private static final Attributes LINEAR = Attributes.of("transpose_a", false, "transpose_b", true);
    private static final Attributes PLAIN = Attributes.of("transpose_a", false, "transpose_b", false);
    private static final Attributes OUTER = Attributes.of("transpose_a", true, "transpose_b", false);

    @ParameterizedTest
    @CsvSource({"1, 1, 1", "1, 15, 17", "2, 16, 16", "3, 17, 15", "5, 64, 64", "7, 31, 33", "33, 128, 65", "67, 1029, 129", "0, 16, 16",
        "3, 16, 1", "40, 48, 40", "97, 2100, 70"})
    void multipliesByRowsOfAnyStorage(int tokens, int k, int n) {
        for (Format format : FORMATS) {
            Random random = new Random(tokens + k + n);
            new Trial("matmul", LINEAR).normal(random, tokens, k).parameter(random, format, n, k).ragged().check(3e-6);
        }
    }

    @ParameterizedTest
    @CsvSource({"1, 1, 1", "1, 15, 17", "2, 16, 16", "3, 17, 15", "5, 64, 64", "7, 31, 33", "33, 128, 65", "67, 1029, 129", "0, 16, 16",
        "3, 16, 1", "9, 513, 2200", "4, 513, 2200"})
    void multipliesByColumnsOfAnyStorage(int tokens, int k, int n) {
        for (Format format : FORMATS) {
            Random random = new Random(tokens + k + n);
            new Trial("matmul", PLAIN).normal(random, tokens, k).parameter(random, format, k, n).ragged().check(3e-6);
        }
    }

    @ParameterizedTest
    @CsvSource({"1, 1, 1", "1, 15, 17", "2, 16, 16", "3, 17, 15", "67, 6, 65", "600, 205, 70", "0, 3, 4", "5, 3, 300"})
    void sumsOuterProducts(int tokens, int m, int n) {
        Random random = new Random(tokens + m + n);
        new Trial("matmul", OUTER).normal(random, tokens, m).normal(random, tokens, n).ragged().check(3e-6);
        new Trial("matmul", OUTER).normal(random, 2, tokens, m).normal(random, 2, tokens, n).check(3e-6);
    }

    @Test
    void givesATokenTheSameBitsInAnyCompany() {
        int k = 1200;
        int n = 150;
        for (Format format : FORMATS) {
            for (Attributes attributes : new Attributes[] {LINEAR, PLAIN}) {
                float[] all = rows(attributes, format, k, n, 60, 0, 60, 1);
                for (int count : new int[] {1, 2, 5, 7, 31, 45}) {
                    float[] some = rows(attributes, format, k, n, 60, 3, count, 2);
                    assertArrayEquals(java.util.Arrays.copyOfRange(all, 3 * n, (3 + count) * n), some,
                        format + " " + attributes + " " + count);
                }
            }
        }
    }

    private static float[] rows(Attributes attributes, Format format, int k, int n, int tokens, int from, int count, int threads) {
        Random random = new Random(5);
        double[] x = random.doubles((long) tokens * k).toArray();
        boolean linear = attributes.flag("transpose_b");
        return new Trial("matmul", attributes).reals(java.util.Arrays.copyOfRange(x, from * k, (from + count) * k), count, k)
            .parameter(random, format, linear ? n : k, linear ? k : n).run(threads)[0];
    }

    @Test
    void expandsEveryHalf() {
        int count = 1 << 16;
        long halves = java.lang.foreign.Arena.global().allocate(2L * count, 64).address();
        long floats = java.lang.foreign.Arena.global().allocate(4L * count, 64).address();
        for (int i = 0; i < count; i++) {
            Lanes.MEMORY.set(Lanes.SHORT, halves + 2L * i, (short) i);
        }
        Storage.F16.expand(halves, floats, count);
        for (int i = 0; i < count; i++) {
            assertEquals(Float.float16ToFloat((short) i), Lanes.get(floats + 4L * i), "half " + i);
        }
    }
}
