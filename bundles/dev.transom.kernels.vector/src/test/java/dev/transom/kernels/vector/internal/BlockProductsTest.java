package dev.transom.kernels.vector.internal;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.transom.api.tensor.Format;
import dev.transom.blocks.Blocks;
import dev.transom.graph.Attributes;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Products and look-ups over weights in blocks. */
class BlockProductsTest {

    @ParameterizedTest
    @EnumSource
    void expandsEveryPatternAsItIsDefined(BlockStorage storage) {
        Format format = Blocks.named(storage.name()).orElseThrow();
        Random random = new Random(1);
        int blocks = 64;
        int count = blocks * format.blockElements();
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment data = arena.allocate((long) blocks * format.blockBytes() + 1, 1).asSlice(1);
            for (long i = 0; i < data.byteSize(); i++) {
                data.set(ValueLayout.JAVA_BYTE, i, (byte) random.nextInt(256));
            }
            MemorySegment floats = arena.allocate(4L * count, 64);
            storage.expand(data.address(), floats.address(), count);
            float[] defined = new float[count];
            Blocks.decode(format, data, 0, defined, 0, count);
            assertArrayEquals(defined, floats.toArray(ValueLayout.JAVA_FLOAT));
        }
    }

    @ParameterizedTest
    @EnumSource
    void multipliesByRowsAndByColumns(BlockStorage storage) {
        Format format = Blocks.named(storage.name()).orElseThrow();
        int width = 5 * format.blockElements();
        for (int tokens : new int[] {1, 2, 5, 16, 37}) {
            Random random = new Random(tokens);
            Attributes rows = Attributes.of("transpose_a", false, "transpose_b", true);
            new Trial("matmul", rows).normal(random, tokens, width).parameter(random, format, 35, width).check(2e-6);
            Attributes columns = Attributes.of("transpose_a", false, "transpose_b", false);
            new Trial("matmul", columns).normal(random, tokens, 35).parameter(random, format, 35, width).check(2e-6);
        }
    }

    @ParameterizedTest
    @EnumSource
    void looksUpRows(BlockStorage storage) {
        Format format = Blocks.named(storage.name()).orElseThrow();
        Random random = new Random(2);
        new Trial("gather", Attributes.NONE).parameter(random, format, 7, 2 * format.blockElements()).ints(new int[] {3, -1, 6, 3}, 4).check(0);
    }

    @ParameterizedTest
    @EnumSource
    void multipliesByTheExpertsThatWereChosen(BlockStorage storage) {
        experts(Blocks.named(storage.name()).orElseThrow());
    }

    @Test
    void multipliesByExpertsOfPlainStorage() {
        Stream.of(Format.F32, Format.F16, Format.BF16).forEach(BlockProductsTest::experts);
    }

    private static void experts(Format format) {
        int width = 2 * Math.max(32, format.blockElements());
        Random random = new Random(6);
        int[] ids = {0, 3, 3, 1, 0, 4, 4, 3, 1, 0};
        Attributes attributes = Attributes.of("transpose_w", true);
        new Trial("expert_matmul", attributes).normal(random, 5, width).parameter(random, format, 5, 19, width).ints(ids, 5, 2).check(2e-6);
        new Trial("expert_matmul", attributes).normal(random, 5, 2, width).parameter(random, format, 5, 19, width).ints(ids, 5, 2)
            .check(2e-6);
    }

    /** What a token gets has the same bits in any company. */
    @Test
    void givesATokenAloneTheBitsItHasAmongMany() {
        for (Format format : Stream.of(Format.Q4_K, Format.Q5_0, Format.Q8_0).toList()) {
            for (boolean transposed : new boolean[] {true, false}) {
                Random random = new Random(9);
                double[] x = random.doubles(40 * 512, -1, 1).toArray();
                float[] many = product(x, 40, format, transposed);
                for (int tokens : new int[] {1, 3, 15}) {
                    float[] few = product(java.util.Arrays.copyOf(x, tokens * 512), tokens, format, transposed);
                    assertArrayEquals(java.util.Arrays.copyOf(many, few.length), few);
                }
            }
        }
        assertEquals(0, BlockStorage.Q4_K.offset(0));
    }

    private static float[] product(double[] x, int tokens, Format format, boolean transposed) {
        return new Trial("matmul", Attributes.of("transpose_a", false, "transpose_b", transposed)).reals(x, tokens, 512)
            .parameter(new Random(4), format, 512, 512).run(2)[0];
    }
}
