package dev.transom.graph.internal.ops;

import static dev.transom.graph.internal.ops.Evaluation.output;
import static dev.transom.graph.internal.ops.Evaluation.reals;
import static dev.transom.graph.internal.ops.Evaluation.refuses;
import static dev.transom.graph.internal.ops.Evaluation.row;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.transom.graph.Attributes;
import dev.transom.graph.Dim;
import dev.transom.graph.Type;
import org.junit.jupiter.api.Test;

class UnaryTest {

    private static final double[] X = {-1000, -2, -0.5, 0, 0.5, 2, 1000};

    private static double[] of(String function) {
        return output(function, row(X)).reals();
    }

    @Test
    void elementaryFunctionsAreTheLibrarys() {
        var x = row(0.25, 4);
        assertArrayEquals(new double[] {Math.exp(0.25), Math.exp(4)}, output("exp", x).reals());
        assertArrayEquals(new double[] {Math.log(0.25), Math.log(4)}, output("log", x).reals());
        assertArrayEquals(new double[] {0.5, 2}, output("sqrt", x).reals());
        assertArrayEquals(new double[] {2, 0.5}, output("rsqrt", x).reals());
        assertArrayEquals(new double[] {0.0625, 16}, output("square", x).reals());
        assertArrayEquals(new double[] {Math.tanh(0.25), Math.tanh(4)}, output("tanh", x).reals());
    }

    @Test
    void gatesNeverOverflow() {
        // 1/(1 + e²) = 0.11920292202211755, ln(1 + e²) = 2.1269280110429727
        assertArrayEquals(new double[] {0, 0.11920292202211755, 0.3775406687981454, 0.5, 0.6224593312018546, 0.8807970779778825, 1},
            of("sigmoid"), 1e-15);
        assertArrayEquals(new double[] {0, 0.12692801104297263, 0.4740769841801067, 0.6931471805599453, 0.9740769841801067,
            2.1269280110429727, 1000}, of("softplus"), 1e-15);
        assertArrayEquals(new double[] {0, -0.2384058440442351, -0.1887703343990727, 0, 0.3112296656009273, 1.761594155955765, 1000},
            of("silu"), 1e-15);
        assertArrayEquals(new double[] {0, 0, 0, 0, 0.5, 2, 1000}, of("relu"));
    }

    @Test
    void geluHasThreeForms() {
        // Φ(2) = 0.9772498680518208, Φ(0.5) = 0.6914624612740131
        assertArrayEquals(new double[] {0, -0.0455002638963584, -0.15426876936299344, 0, 0.34573123063700656, 1.9544997361036416, 1000},
            of("gelu"), 1e-15);
        // tanh(0.7978845608·(2 + 0.044715·8)) = 0.954597695
        assertArrayEquals(new double[] {0, -0.04540230591222, -0.15428599017516, 0, 0.34571400982484, 1.95459769408777, 1000},
            of("gelu_tanh"), 1e-11);
        // 1/(1 + e^3.404) = 0.03217...
        assertEquals(-2 / (1 + Math.exp(2 * 1.702)), of("quick_gelu")[1], 1e-15);
    }

    @Test
    void backwardRefusesAnotherShape_R2() {
        refuses("silu_backward: dy must have x's shape; got x F32[3], dy F32[4].", "silu_backward", Attributes.NONE,
            Type.f32(Dim.of(3)), Type.f32(Dim.of(4)));
    }

    @Test
    void refusesIntegers_R1() {
        refuses("gelu: x must be F32; got I32[3].", "gelu", Attributes.NONE, Type.i32(Dim.of(3)));
    }
}
