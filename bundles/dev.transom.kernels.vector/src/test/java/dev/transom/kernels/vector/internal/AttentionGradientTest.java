package dev.transom.kernels.vector.internal;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class AttentionGradientTest {

    private final Random random = new Random(7);

    private Trial trial(AttentionTest.Case c, int[] ends, int[] keyEnds, int tokens, int keys) {
        double[] slopes = new double[c.heads()];
        for (int h = 0; h < slopes.length && c.alibi(); h++) {
            slopes[h] = 0.5 / (h + 1);
        }
        return new Trial("attention_backward", c.mask().attributes()).normal(random, tokens, c.heads(), c.dim())
            .normal(random, keys, c.kvHeads(), c.dim()).normal(random, keys, c.kvHeads(), c.valueDim()).ints(ends, ends.length)
            .ints(keyEnds, keyEnds.length).reals(slopes, c.heads()).normal(random, tokens, c.heads(), c.valueDim());
    }

    @ParameterizedTest
    @MethodSource("dev.transom.kernels.vector.internal.AttentionTest#cases")
    void gradientsWithinSegments(AttentionTest.Case c) {
        for (int[] ends : new int[][] {{0, 1}, {0, 7, 7, 130, 131}, {1, 5, 205}}) {
            int tokens = ends[ends.length - 1] + 1;
            trial(c, ends, ends, tokens, tokens).check(3e-6);
        }
    }

    @ParameterizedTest
    @MethodSource("dev.transom.kernels.vector.internal.AttentionTest#cases")
    void gradientsOfMoreOrFewerKeysThanQueries(AttentionTest.Case c) {
        trial(c, new int[] {0, 3, 9, 12}, new int[] {0, 90, 92, 92}, 12, 92).check(3e-6);
        trial(c, new int[] {0, 3, 90, 92}, new int[] {0, 0, 9, 90}, 93, 92).check(3e-6);
    }

    @ParameterizedTest
    @MethodSource("dev.transom.kernels.vector.internal.AttentionTest#cases")
    void theSameBitsOnAnyNumberOfThreads(AttentionTest.Case c) {
        Trial trial = trial(c, new int[] {0, 70, 100}, new int[] {0, 70, 100}, 100, 100);
        float[][] alone = trial.run(1);
        float[][] three = trial.run(3);
        for (int output = 0; output < 3; output++) {
            assertArrayEquals(alone[output], three[output]);
        }
    }
}
