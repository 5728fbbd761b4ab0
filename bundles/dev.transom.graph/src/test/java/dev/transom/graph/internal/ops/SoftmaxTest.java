package dev.transom.graph.internal.ops;

import static dev.transom.graph.internal.ops.Evaluation.output;
import static dev.transom.graph.internal.ops.Evaluation.reals;
import static dev.transom.graph.internal.ops.Evaluation.refuses;
import static dev.transom.graph.internal.ops.Evaluation.row;
import static dev.transom.graph.internal.ops.GradientCheck.agrees;
import static dev.transom.graph.internal.ops.GradientCheck.random;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import dev.transom.graph.Attributes;
import dev.transom.graph.Type;
import org.junit.jupiter.api.Test;

class SoftmaxTest {

    @Test
    void softmaxSharesOneAmongTheLastAxis() {
        // exp(0) : exp(ln 3) = 1 : 3, whatever is added to both
        assertArrayEquals(new double[] {0.25, 0.75, 0.25, 0.75},
            output("softmax", reals(new double[] {0, Math.log(3), 1000, 1000 + Math.log(3)}, 2, 2)).reals(), 1e-12);
    }

    @Test
    void logSoftmaxStaysFiniteWhereProbabilitiesUnderflow() {
        assertArrayEquals(new double[] {-1000, 0}, output("log_softmax", row(0, 1000)).reals(), 1e-12);
    }

    @Test
    void zeroTokensGiveZeroTokens() {
        assertArrayEquals(new double[0], output("softmax", reals(new double[0], 0, 3)).reals());
        assertArrayEquals(new double[0], output("log_softmax", reals(new double[0], 0, 3)).reals());
    }

    @Test
    void gradientsAgreeWithDifferences() {
        agrees("softmax", Attributes.NONE, new int[] {0}, random(1, 3, 4));
        agrees("log_softmax", Attributes.NONE, new int[] {0}, random(1, 3, 4));
    }

    @Test
    void refusesAScalar_R1() {
        refuses("softmax: x must have a last axis; got F32[].", "softmax", Attributes.NONE, Type.f32());
    }
}
