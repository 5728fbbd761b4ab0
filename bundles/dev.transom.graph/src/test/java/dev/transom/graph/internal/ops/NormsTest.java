package dev.transom.graph.internal.ops;

import static dev.transom.graph.internal.ops.Evaluation.output;
import static dev.transom.graph.internal.ops.Evaluation.reals;
import static dev.transom.graph.internal.ops.Evaluation.refuses;
import static dev.transom.graph.internal.ops.Evaluation.row;
import static dev.transom.graph.internal.ops.GradientCheck.agrees;
import static dev.transom.graph.internal.ops.GradientCheck.random;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import dev.transom.graph.Attributes;
import dev.transom.graph.Dim;
import dev.transom.graph.Type;
import org.junit.jupiter.api.Test;

class NormsTest {

    @Test
    void layerNormCentersAndScales() {
        // mean 2, variance ((−1)² + 1²)/2 = 1, with eps 3: ±1/2; times w plus b
        assertArrayEquals(new double[] {-0.5 * 2 + 1, 0.5 * 4 + 3},
            output("layer_norm", Attributes.of("eps", 3.0), reals(new double[] {1, 3}, 1, 2), row(2, 4), row(1, 3)).reals());
    }

    @Test
    void rmsNormScalesOnly() {
        // mean square (9 + 16 + 0 + 0)/4 = 6.25, root 2.5
        assertArrayEquals(new double[] {1.2, 3.2, 0, 0},
            output("rms_norm", Attributes.of("eps", 0.0), row(3, 4, 0, 0), row(1, 2, 3, 4)).reals(), 1e-12);
    }

    @Test
    void l2NormalizeDividesByTheLengthButNotByLessThanEps() {
        assertArrayEquals(new double[] {0.6, 0.8, 0.3, 0.4},
            output("l2_normalize", Attributes.of("eps", 0.01),
            reals(new double[] {3, 4, 0.003, 0.004}, 2, 2)).reals(), 1e-12);
    }

    @Test
    void gradientsAgreeWithDifferences() {
        Attributes eps = Attributes.of("eps", 0.1);
        agrees("layer_norm", eps, new int[] {0, 1, 2}, random(1, 3, 4), random(2, 4), random(3, 4));
        agrees("rms_norm", eps, new int[] {0, 1}, random(1, 2, 3, 4), random(2, 4));
        agrees("l2_normalize", eps, new int[] {0}, random(1, 3, 4));
        agrees("l2_normalize", Attributes.of("eps", 100.0), new int[] {0}, random(1, 3, 4));
    }

    @Test
    void zeroTokensHaveZeroWeightGradients() {
        var gradients = Evaluation.outputs("layer_norm_backward", Attributes.of("eps", 0.1), random(1, 0, 2),
            row(1, 1), random(1, 0, 2));
        assertArrayEquals(new double[0], gradients.get(0).reals());
        assertArrayEquals(new double[2], gradients.get(1).reals());
        assertArrayEquals(new double[2], gradients.get(2).reals());
    }

    @Test
    void refusesWeightOfOtherLength_R2() {
        refuses("layer_norm: w must be [last axis of x]; got x F32[2, 3], w F32[4].", "layer_norm",
            Attributes.of("eps", 0.1),
            Type.f32(Dim.of(2), Dim.of(3)), Type.f32(Dim.of(4)), Type.f32(Dim.of(3)));
    }

    @Test
    void refusesGradientOfOtherShape_R3() {
        refuses("rms_norm_backward: dy must have the shape of x; got x F32[2, 3], dy F32[3, 3].", "rms_norm_backward",
            Attributes.of("eps", 0.1), Type.f32(Dim.of(2), Dim.of(3)), Type.f32(Dim.of(3)), Type.f32(Dim.of(3), Dim.of(3)));
    }
}
