package dev.transom.kernels.vector.internal;

import dev.transom.graph.Attributes;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RowKernelsTest {

    private final Random random = new Random(4);

    @ParameterizedTest
    @ValueSource(ints = {3, 15, 16, 17, 64, 131, 2050})
    void treatsRowsOfEveryWidth(int n) {
        Attributes eps = Attributes.of("eps", 1e-5);
        for (int rows : new int[] {0, 1, 7}) {
            new Trial("softmax", Attributes.NONE).normal(random, rows, n).ragged().check(1e-6);
            new Trial("log_softmax", Attributes.NONE).normal(random, rows, n).ragged().check(1e-6);
            new Trial("sum_last", Attributes.NONE).normal(random, rows, n).ragged().check(1e-6);
            new Trial("l2_normalize", Attributes.of("eps", 1e-12)).normal(random, rows, n).ragged().check(1e-6);
            new Trial("l2_normalize_backward", Attributes.of("eps", 1e-12)).normal(random, rows, n).normal(random, rows, n).ragged()
                .check(1e-6);
            new Trial("rms_norm", eps).normal(random, rows, n).normal(random, n).check(1e-6);
            new Trial("layer_norm", eps).normal(random, rows, n).normal(random, n).normal(random, n).check(1e-6);
            new Trial("rms_norm_backward", eps).normal(random, rows, n).normal(random, n).normal(random, rows, n).check(2e-6);
            new Trial("layer_norm_backward", eps).normal(random, rows, n).normal(random, n).normal(random, rows, n).check(5e-6);
        }
        new Trial("rms_norm", eps).normal(random, 3, 4, n).normal(random, n).check(1e-6);
    }

    @ParameterizedTest
    @ValueSource(strings = {"softmax", "log_softmax"})
    void survivesLargeLogits(String operation) {
        new Trial(operation, Attributes.NONE).reals(new double[] {1e4, 1e4 - 1, -1e30, 3e38, 0, 0, 0, 0,
            Double.NEGATIVE_INFINITY, 0, 1, 2}, 3, 4).check(1e-6);
    }
}
