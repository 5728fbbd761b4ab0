package dev.transom.kernels.x86.internal;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.transom.api.kernel.Kernel;
import dev.transom.blocks.Blocks;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@EnabledIf("dev.transom.kernels.x86.internal.Available#here")
class BlockProductTest {

    @ParameterizedTest
    @EnumSource(BlockFormat.class)
    void expandsToTheBitsOfThePlainReader(BlockFormat format) {
        int count = 512 * 16;
        Weights w = Weights.random(new Random(1), format, 1, count);
        MemorySegment floats = Arena.ofAuto().allocate(4L * count, 64);
        Expansion.run(format, w.data.address(), 0, 1, count / format.elements(), floats.address(), 0);
        assertArrayEquals(w.values, floats.toArray(ValueLayout.JAVA_FLOAT), 0);
    }

    @ParameterizedTest
    @EnumSource(BlockFormat.class)
    void multipliesByRowsExactlyWithTheSameBitsInAnyCompany(BlockFormat format) {
        int k = 768;
        for (int n : new int[] {1, 7, 16, 37}) {
            Weights w = Weights.random(new Random(2), format, n, k);
            float[] x = normal(new Random(3), 40 * k);
            float[] all = byRows(format, w, x, 40, k, n, false, 1);
            check(product(x, w, 40, k, n), all, 3e-6, format + " " + n);
            for (int count : new int[] {1, 2, 3, 5, 6, 9}) {
                float[] some = byRows(format, w, Arrays.copyOfRange(x, 2 * k, (2 + count) * k), count, k, n, false, 3);
                assertArrayEquals(Arrays.copyOfRange(all, 2 * n, (2 + count) * n), some, 0, format + " " + n + " " + count);
            }
        }
    }

    @ParameterizedTest
    @EnumSource(BlockFormat.class)
    void multipliesByRowsFast(BlockFormat format) {
        for (int k : new int[] {format.elements(), 3 * format.elements(), 2048}) {
            int n = 37;
            Weights w = Weights.random(new Random(2), format, n, k);
            for (int tokens : new int[] {1, 2, 5, 20}) {
                float[] x = normal(new Random(3), tokens * k);
                double[] expected = product(x, w, tokens, k, n);
                // An activation is off by at most half a step of its block, about a 80th of what is usual; errors add up like
                // noise.
                check(expected, byRows(format, w, x, tokens, k, n, true, 2), 0.02, format + " " + k + " " + tokens);
            }
        }
    }

    @ParameterizedTest
    @EnumSource(BlockFormat.class)
    void takesActivationsOfNothingAndOfAnySize(BlockFormat format) {
        int k = 512;
        Weights w = Weights.random(new Random(4), format, 3, k);
        assertArrayEquals(new float[3], byRows(format, w, new float[k], 1, k, 3, true, 1), 0);
        float[] large = normal(new Random(5), k);
        for (int i = 0; i < k; i++) {
            large[i] *= 1e20f;
        }
        double[] expected = product(large, w, 1, k, 3);
        float[] actual = byRows(format, w, large, 1, k, 3, true, 1);
        for (int i = 0; i < 3; i++) {
            assertTrue(Math.abs(expected[i] - actual[i]) < 1e20 * 2, expected[i] + " " + actual[i]);
        }
    }

    @ParameterizedTest
    @EnumSource(BlockFormat.class)
    void multipliesByColumns(BlockFormat format) {
        int n = 512;
        int k = 300;
        Weights w = Weights.random(new Random(6), format, k, n);
        for (int tokens : new int[] {1, 3, 20}) {
            float[] x = normal(new Random(7), tokens * k);
            double[] expected = new double[tokens * n];
            for (int i = 0; i < expected.length; i++) {
                for (int l = 0; l < k; l++) {
                    expected[i] += (double) x[i / n * k + l] * w.values[l * n + i % n];
                }
            }
            check(expected, run(new BlocksByColumns(format, k, n, 20), 2, x, tokens, k, w, k, n, n), 3e-6, format + " " + tokens);
        }
    }

    private static float[] byRows(BlockFormat format, Weights w, float[] x, int tokens, int k, int n, boolean fast, int threads) {
        return run(new BlocksByRows(format, k, n, tokens + 1, fast), threads, x, tokens, k, w, n, k, n);
    }

    private static float[] run(Kernel kernel, int threads, float[] x, int tokens, int width, Weights w, int rows, int columns,
        int n) {
        MemorySegment data = Arena.ofAuto().allocate(4L * Math.max(1, x.length), 64);
        MemorySegment.copy(x, 0, data, ValueLayout.JAVA_FLOAT, 0, x.length);
        MemorySegment y = new Run(kernel, threads, new int[][] {{tokens, width}, {rows, columns}}, new MemorySegment[] {data,
            w.data},
            tokens, n).run();
        assertEquals(77, y.get(ValueLayout.JAVA_BYTE, 4L * tokens * n), "nothing may be written behind y");
        return y.asSlice(0, 4L * tokens * n).toArray(ValueLayout.JAVA_FLOAT);
    }

    private static double[] product(float[] x, Weights w, int tokens, int k, int n) {
        double[] y = new double[tokens * n];
        for (int i = 0; i < y.length; i++) {
            for (int l = 0; l < k; l++) {
                y[i] += (double) x[i / n * k + l] * w.values[i % n * k + l];
            }
        }
        return y;
    }

    /** The tolerance is a part of the largest magnitude, at least of 10. */
    private static void check(double[] expected, float[] actual, double tolerance, String what) {
        double largest = Math.max(10, Arrays.stream(expected).map(Math::abs).max().orElse(0));
        for (int i = 0; i < expected.length; i++) {
            assertEquals(expected[i], actual[i], tolerance * largest, what + " at " + i);
        }
    }

    private static float[] normal(Random random, int count) {
        float[] values = new float[count];
        for (int i = 0; i < count; i++) {
            values[i] = (float) random.nextGaussian();
        }
        return values;
    }

    /** Stored weights and what they stand for. */
    private record Weights(MemorySegment data, float[] values) {

        static Weights random(Random random, BlockFormat format, int rows, int columns) {
            int count = rows * columns;
            var stored = Blocks.named(format.name()).orElseThrow();
            MemorySegment data = Arena.ofAuto().allocate(stored.bytes(count), 2);
            Blocks.encode(stored, normal(random, count), 0, count, data, 0);
            float[] values = new float[count];
            Blocks.decode(stored, data, 0, values, 0, count);
            return new Weights(data, values);
        }
    }
}
