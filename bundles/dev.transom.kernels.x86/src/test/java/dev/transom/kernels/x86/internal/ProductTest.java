package dev.transom.kernels.x86.internal;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@EnabledIf("dev.transom.kernels.x86.internal.Available#here")
class ProductTest {

    @ParameterizedTest
    @CsvSource({"1, 1, 1", "1, 15, 17", "2, 16, 16", "3, 17, 15", "5, 64, 64", "7, 31, 33", "33, 128, 65", "67, 1029, 129",
        "0, 16, 16",
        "3, 16, 1", "40, 48, 40", "97, 2100, 70", "1, 513, 100", "4, 600, 35", "800, 40, 20", "6, 0, 5", "2, 0, 9",
        "1, 2048, 64", "1, 8, 1", "2, 24, 33", "3, 40, 15", "4, 56, 17", "5, 104, 200"})
    void multipliesByRowsOfAnyStorage(int tokens, int k, int n) {
        for (Storage storage : Storage.values()) {
            Random random = new Random(tokens + k + n);
            Matrix x = Matrix.random(random, Storage.F32, tokens, k);
            Matrix w = Matrix.random(random, storage, n, k);
            for (boolean fast : new boolean[] {false, true}) {
                check(tokens, n, k, storage + (fast ? " fast" : " exact"), (i, j, l) -> x.at(i, l) * w.at(j, l),
                    threads -> run(new ByRows(storage, k, n, tokens + 3, fast), threads, x, w, tokens, n));
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"1, 1, 1", "1, 15, 17", "2, 16, 16", "3, 17, 15", "5, 64, 64", "7, 31, 33", "33, 128, 65", "67, 1029, 129",
        "0, 16, 16",
        "3, 16, 1", "9, 513, 2200", "4, 513, 2200", "6, 0, 5", "2, 0, 9"})
    void multipliesByColumnsOfAnyStorage(int tokens, int k, int n) {
        for (Storage storage : Storage.values()) {
            Random random = new Random(tokens + k + n);
            Matrix x = Matrix.random(random, Storage.F32, tokens, k);
            Matrix w = Matrix.random(random, storage, k, n);
            check(tokens, n, k, storage.name(), (i, j, l) -> x.at(i, l) * w.at(l, j),
                threads -> run(new ByColumns(storage, k, n, tokens + 3), threads, x, w, tokens, n));
        }
    }

    @ParameterizedTest
    @CsvSource({"1, 1, 1", "1, 15, 17", "2, 16, 16", "3, 17, 15", "67, 6, 65", "600, 205, 70", "0, 3, 4", "5, 3, 300",
        "9, 800, 17"})
    void sumsOuterProducts(int tokens, int m, int n) {
        Random random = new Random(tokens + m + n);
        Matrix a = Matrix.random(random, Storage.F32, tokens, m);
        Matrix b = Matrix.random(random, Storage.F32, tokens, n);
        check(m, n, tokens, "outer", (i, j, l) -> a.at(l, i) * b.at(l, j),
            threads -> run(new OuterProduct(m, n, tokens + 3), threads, a, b, m, n));
    }

    @Test
    void givesATokenTheSameBitsInAnyCompany() {
        for (int k : new int[] {1200, 517}) {
            int n = 150;
            for (Storage storage : Storage.values()) {
                Random random = new Random(5);
                Matrix x = Matrix.random(random, Storage.F32, 60, k);
                Matrix w = Matrix.random(random, storage, n, k);
                Matrix v = Matrix.random(random, storage, k, n);
                float[] rows = run(new ByRows(storage, k, n, 60, false), 1, x, w, 60, n);
                float[] columns = run(new ByColumns(storage, k, n, 60), 1, x, v, 60, n);
                for (int count : new int[] {1, 2, 3, 4, 5, 6, 7, 31, 45}) {
                    Matrix some = x.rows(3, count);
                    assertArrayEquals(Arrays.copyOfRange(rows, 3 * n, (3 + count) * n),
                        run(new ByRows(storage, k, n, 60, false), 2, some, w, count, n), storage + " by rows " + count);
                    assertArrayEquals(Arrays.copyOfRange(columns, 3 * n, (3 + count) * n),
                        run(new ByColumns(storage, k, n, 60), 2, some, v, count, n), storage + " by columns " + count);
                }
            }
        }
    }

    private static float[] run(dev.transom.api.kernel.Kernel kernel, int threads, Matrix a, Matrix b, int rows, int columns) {
        MemorySegment y = new Run(kernel, threads, new int[][] {{a.rows, a.columns}, {b.rows, b.columns}},
            new MemorySegment[] {a.data, b.data}, rows, columns).run();
        assertEquals(77, y.get(ValueLayout.JAVA_BYTE, 4L * rows * columns), "nothing may be written behind y");
        return y.asSlice(0, 4L * rows * columns).toArray(ValueLayout.JAVA_FLOAT);
    }

    private interface Term {
        double of(int row, int column, int step);
    }

    private interface Product {
        float[] run(int threads);
    }

    private static void check(int rows, int columns, int steps, String what, Term term, Product product) {
        double[] expected = new double[rows * columns];
        double largest = 1;
        for (int i = 0; i < expected.length; i++) {
            for (int l = 0; l < steps; l++) {
                expected[i] += term.of(i / columns, i % columns, l);
            }
            largest = Math.max(largest, Math.abs(expected[i]));
        }
        for (int threads = 1; threads <= 3; threads += 2) {
            float[] actual = product.run(threads);
            for (int i = 0; i < expected.length; i++) {
                assertEquals(expected[i], actual[i], 3e-6 * largest, what + " at " + i + " with " + threads + " threads");
            }
        }
    }

    /** A matrix that begins at an odd half of a float. */
    private record Matrix(Storage storage, int rows, int columns, MemorySegment data) {

        static Matrix random(Random random, Storage storage, int rows, int columns) {
            long bytes = (long) rows * columns * storage.bytes();
            MemorySegment data = Arena.ofAuto().allocate(bytes + 2, 4).asSlice(2, bytes);
            for (long i = 0; i < (long) rows * columns; i++) {
                float value = (float) random.nextGaussian();
                switch (storage) {
                    case F32 -> data.set(ValueLayout.JAVA_FLOAT_UNALIGNED, 4 * i, value);
                    case F16 -> data.set(ValueLayout.JAVA_SHORT_UNALIGNED, 2 * i, Float.floatToFloat16(value));
                    case BF16 -> data.set(ValueLayout.JAVA_SHORT_UNALIGNED, 2 * i,
                        (short) (Float.floatToRawIntBits(value) >>> 16));
                }
            }
            return new Matrix(storage, rows, columns, data);
        }

        double at(int row, int column) {
            return storage.real(data.address() + (long) storage.bytes() * ((long) row * columns + column));
        }

        Matrix rows(int from, int count) {
            long row = (long) storage.bytes() * columns;
            return new Matrix(storage, count, columns, data.asSlice(from * row, count * row));
        }
    }
}
