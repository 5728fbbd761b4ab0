package dev.transom.kernels.vector.internal;

import dev.transom.graph.Attributes;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ElementwiseTest {

    private static final int[] SIZES = {0, 1, Lanes.LENGTH - 1, Lanes.LENGTH, Lanes.LENGTH + 1, 1031, 9001};
    private static final double[] EXTREMES = {0, -0.0, 1e-30, -1e-30, 1, -1, 3, -3, 20, -20, 87, -87, 100, -100, 1e30, -1e30,
        Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY, Double.NaN, 1e-40, Float.MAX_VALUE, 0.9277, 0.625};

    private final Random random = new Random(3);

    @ParameterizedTest
    @ValueSource(strings = {"exp", "sqrt", "rsqrt", "square", "tanh", "sigmoid", "softplus", "relu", "gelu", "gelu_tanh",
        "quick_gelu", "silu", "log"})
    void computesAFunctionOfEverySize(String function) {
        for (int size : SIZES) {
            new Trial(function, Attributes.NONE).normal(random, size).ragged().check(5e-7);
        }
        new Trial(function, Attributes.NONE).reals(EXTREMES, EXTREMES.length).check(5e-7);
    }

    @ParameterizedTest
    @ValueSource(strings = {"relu", "gelu", "gelu_tanh", "quick_gelu", "silu"})
    void computesAGradientOfEverySize(String function) {
        for (int size : SIZES) {
            new Trial(function + "_backward", Attributes.NONE).normal(random, size).normal(random, size).ragged().check(1e-6);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"add", "sub", "mul"})
    void broadcastsTheSecondInput(String arithmetic) {
        for (int size : SIZES) {
            new Trial(arithmetic, Attributes.NONE).normal(random, size).normal(random, size).ragged().check(1e-7);
            new Trial(arithmetic, Attributes.NONE).normal(random, 5, size).normal(random, size).check(1e-7);
            new Trial(arithmetic, Attributes.NONE).normal(random, 5, size).normal(random, 1, size).check(1e-7);
            new Trial(arithmetic, Attributes.NONE).normal(random, 5, size).normal(random, 5, 1).check(1e-7);
            new Trial(arithmetic, Attributes.NONE).normal(random, 2, 3, size).normal(random, 3, size).check(1e-7);
            new Trial(arithmetic, Attributes.NONE).normal(random, 2, size).normal(random).check(1e-7);
        }
        new Trial(arithmetic, Attributes.NONE).reals(EXTREMES, EXTREMES.length).reals(new double[] {2}, 1).check(1e-7);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 33, 5000})
    void dividesAndScales(int size) {
        double[] divisors = random.doubles(size, 0.5, 2).toArray();
        new Trial("div", Attributes.NONE).normal(random, size).reals(divisors, size).check(1e-7);
        new Trial("div", Attributes.NONE).normal(random, 3, size).reals(new double[] {3, 0, -1}, 3, 1).check(1e-7);
        new Trial("affine", Attributes.of("scale", 0.3, "shift", -2.0)).normal(random, size).ragged().check(2e-7);
    }
}
