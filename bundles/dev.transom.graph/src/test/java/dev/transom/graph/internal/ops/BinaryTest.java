package dev.transom.graph.internal.ops;

import static dev.transom.graph.internal.ops.Evaluation.output;
import static dev.transom.graph.internal.ops.Evaluation.reals;
import static dev.transom.graph.internal.ops.Evaluation.refuses;
import static dev.transom.graph.internal.ops.Evaluation.row;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import dev.transom.graph.Attributes;
import dev.transom.graph.Dim;
import dev.transom.graph.Type;
import org.junit.jupiter.api.Test;

class BinaryTest {

    @Test
    void broadcastsALastAxis() {
        // [[1 2] [3 4]] and [10 20]
        var a = reals(new double[] {1, 2, 3, 4}, 2, 2);
        assertArrayEquals(new double[] {11, 22, 13, 24}, output("add", a, row(10, 20)).reals());
        assertArrayEquals(new double[] {-9, -18, -7, -16}, output("sub", a, row(10, 20)).reals());
        assertArrayEquals(new double[] {10, 40, 30, 80}, output("mul", a, row(10, 20)).reals());
        assertArrayEquals(new double[] {0.1, 0.1, 0.3, 0.2}, output("div", a, row(10, 20)).reals());
    }

    @Test
    void broadcastsOnesInTheMiddle() {
        // a [2, 3, 1] + b [1, 3, 1]
        assertArrayEquals(new double[] {11, 22, 33, 14, 25, 36},
            output("add", reals(new double[] {1, 2, 3, 4, 5, 6}, 2, 3, 1), reals(new double[] {10, 20, 30}, 1, 3, 1)).reals());
    }

    @Test
    void broadcastsAColumn() {
        assertArrayEquals(new double[] {11, 12, 23, 24},
            output("add", reals(new double[] {1, 2, 3, 4}, 2, 2), reals(new double[] {10, 20}, 2, 1)).reals());
    }

    @Test
    void appliesAffine() {
        assertArrayEquals(new double[] {7, -1}, output("affine", Attributes.of("scale", 2.0, "shift", 3.0), row(2, -2)).reals());
    }

    @Test
    void refusesALargerB_R2() {
        refuses("add: each axis of b, counted from the last, must be 1 or that of a; got a F32[3], b F32[2, 3].", "add",
            Attributes.NONE, Type.f32(Dim.of(3)), Type.f32(Dim.of(2), Dim.of(3)));
    }

    @Test
    void refusesAnotherBoundedAxis_R2() {
        refuses("mul: each axis of b, counted from the last, must be 1 or that of a; got a F32[tokens≤8], b F32[rows≤8].", "mul",
            Attributes.NONE, Type.f32(Dim.bounded("tokens", 8)), Type.f32(Dim.bounded("rows", 8)));
    }

    @Test
    void refusesIntegers_R1() {
        refuses("add: b must be F32; got I32[3].", "add", Attributes.NONE, Type.f32(Dim.of(3)), Type.i32(Dim.of(3)));
    }
}
