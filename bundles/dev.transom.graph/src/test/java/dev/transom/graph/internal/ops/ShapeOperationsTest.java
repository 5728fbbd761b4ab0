package dev.transom.graph.internal.ops;

import static dev.transom.graph.internal.ops.Evaluation.ids;
import static dev.transom.graph.internal.ops.Evaluation.output;
import static dev.transom.graph.internal.ops.Evaluation.outputs;
import static dev.transom.graph.internal.ops.Evaluation.reals;
import static dev.transom.graph.internal.ops.Evaluation.refuses;
import static dev.transom.graph.internal.ops.Evaluation.type;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.transom.graph.Attributes;
import dev.transom.graph.Dim;
import dev.transom.graph.Type;
import org.junit.jupiter.api.Test;

class ShapeOperationsTest {

    private static final Dim TOKENS = Dim.bounded("tokens", 8);
    private static final double[] SIX = {1, 2, 3, 4, 5, 6};

    private static Attributes shape(long... sizes) {
        return Attributes.of("shape", sizes);
    }

    @Test
    void reshapeCopiesBoundedAndInfersFixedDimensions() {
        assertEquals(Type.f32(TOKENS, Dim.of(2), Dim.of(3)), type("reshape", shape(0, 2, -1), Type.f32(TOKENS, Dim.of(6))));
        assertEquals(Type.i32(TOKENS), type("reshape", shape(0), Type.i32(TOKENS, Dim.of(1))));
        assertEquals(Type.f32(Dim.of(0), Dim.of(2), Dim.of(3)), type("reshape", shape(0, 2, -1), Type.f32(Dim.of(0), Dim.of(6))));
        assertEquals(Type.f32(Dim.of(1)), type("reshape", shape(1), Type.f32()));
    }

    @Test
    void reshapeKeepsTheOrder() {
        assertArrayEquals(SIX, output("reshape", shape(3, -1), reals(SIX, 2, 3)).reals());
        assertArrayEquals(new int[] {7, 8}, output("reshape", shape(2, 1), ids(7, 8)).ints());
    }

    @Test
    void reshapeRefusesToMoveABoundedDimension_R3() {
        refuses("reshape: a bounded dimension must be copied by a 0 at its place; got x F32[tokens≤8, 6], shape [6, -1].", "reshape",
            shape(6, -1), Type.f32(TOKENS, Dim.of(6)));
    }

    @Test
    void reshapeRefusesOtherProducts_R4() {
        refuses("reshape: dimensions that are not copied must have equal products on both sides; got x F32[tokens≤8, 6], shape "
            + "[0, 4, -1].", "reshape", shape(0, 4, -1), Type.f32(TOKENS, Dim.of(6)));
        refuses("reshape: dimensions that are not copied must have equal products on both sides; got x F32[6], shape [5].",
            "reshape", shape(5), Type.f32(Dim.of(6)));
    }

    @Test
    void reshapeRefusesAZeroWithoutADimension_R1() {
        refuses("reshape: a 0 must stand where x has a dimension; got x F32[6], shape [6, 0].", "reshape", shape(6, 0),
            Type.f32(Dim.of(6)));
    }

    @Test
    void reshapeRefusesTwoInferredSizes_R2() {
        refuses("reshape: sizes must be positive, 0 or one -1; got x F32[6], shape [-1, -1].", "reshape", shape(-1, -1),
            Type.f32(Dim.of(6)));
    }

    @Test
    void transposeMovesAxes() {
        // x[i][j][k] = 100i + 10j + k, y[k][i][j]
        var x = reals(new double[] {0, 1, 10, 11, 20, 21, 100, 101, 110, 111, 120, 121}, 2, 3, 2);
        var y = output("transpose", Attributes.of("permutation", new long[] {2, 0, 1}), x);
        assertArrayEquals(new long[] {2, 2, 3}, y.shape());
        assertArrayEquals(new double[] {0, 10, 20, 100, 110, 120, 1, 11, 21, 101, 111, 121}, y.reals());
    }

    @Test
    void transposeRefusesAnAxisTwice_R2() {
        refuses("transpose: permutation must name each axis of x once; got x F32[2, 3], permutation [0, 0].", "transpose",
            Attributes.of("permutation", new long[] {0, 0}), Type.f32(Dim.of(2), Dim.of(3)));
    }

    @Test
    void sliceAndPadAreInverse() {
        var slice = Attributes.of("axis", 1, "start", 1, "end", 2);
        assertArrayEquals(new double[] {2, 5}, output("slice", slice, reals(SIX, 2, 3)).reals());
        var pad = Attributes.of("axis", 1, "before", 1, "after", 1);
        assertArrayEquals(new double[] {0, 2, 0, 0, 5, 0}, output("pad", pad, reals(new double[] {2, 5}, 2, 1)).reals());
    }

    @Test
    void sliceRefusesABoundedAxis_R2() {
        refuses("slice: axis 0 must be fixed; got x F32[tokens≤8, 3].", "slice", Attributes.of("axis", 0, "start", 0, "end", 1),
            Type.f32(TOKENS, Dim.of(3)));
    }

    @Test
    void sliceRefusesAnEndBeyondTheAxis_R3() {
        refuses("slice: start and end must lie in order within axis 1; got x F32[tokens≤8, 3], start 1, end 4.", "slice",
            Attributes.of("axis", 1, "start", 1, "end", 4), Type.f32(TOKENS, Dim.of(3)));
    }

    @Test
    void concatJoinsBoundedAxes() {
        var axis0 = Attributes.of("axis", 0);
        assertEquals(Type.f32(Dim.bounded("4+tokens", 12), Dim.of(2)),
            type("concat", axis0, Type.f32(Dim.of(4), Dim.of(2)), Type.f32(TOKENS, Dim.of(2))));
        assertArrayEquals(new double[] {1, 2, 7, 3, 4, 8}, output("concat", Attributes.of("axis", 1),
            reals(new double[] {1, 2, 3, 4}, 2, 2), reals(new double[] {7, 8}, 2, 1)).reals());
    }

    @Test
    void concatBackwardCutsTheParts() {
        var parts = outputs("concat_backward", Attributes.of("axis", 1), reals(SIX, 2, 3), reals(new double[4], 2, 2),
            reals(new double[2], 2, 1));
        assertArrayEquals(new double[] {1, 2, 4, 5}, parts.get(0).reals());
        assertArrayEquals(new double[] {3, 6}, parts.get(1).reals());
    }

    @Test
    void concatRefusesOtherAxes_R3() {
        refuses("concat: parts must agree in all axes but axis 0; got part 0 F32[2, 3], part 1 F32[2, 4].", "concat",
            Attributes.of("axis", 0), Type.f32(Dim.of(2), Dim.of(3)), Type.f32(Dim.of(2), Dim.of(4)));
    }
}
