package dev.transom.graph.internal.ops;

import static dev.transom.graph.internal.ops.Evaluation.ids;
import static dev.transom.graph.internal.ops.Evaluation.output;
import static dev.transom.graph.internal.ops.Evaluation.reals;
import static dev.transom.graph.internal.ops.GradientCheck.agrees;
import static dev.transom.graph.internal.ops.GradientCheck.random;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.transom.graph.Attributes;
import dev.transom.graph.Dim;
import dev.transom.graph.GraphException;
import dev.transom.graph.HostTensor;
import dev.transom.graph.Type;
import org.junit.jupiter.api.Test;

class SegmentsTest {

    private static final HostTensor X = reals(new double[] {1, 2, 3, 4, 50, 60}, 3, 2);

    @Test
    void meansAndSumsByRow() {
        assertArrayEquals(new double[] {2, 3, 0, 0, 50, 60}, output("segment_mean", X, ids(0, 2, 2, 3)).reals());
        assertArrayEquals(new double[] {4, 6, 0, 0, 50, 60}, output("segment_sum", X, ids(0, 2, 2, 3)).reals());
    }

    @Test
    void spreadsRowsOverTheirTokensAndZerosBehind() {
        assertArrayEquals(new double[] {1, 2, 1, 2, 0, 0},
            output("segment_spread", reals(new double[] {1, 2}, 1, 2), ids(0, 2), reals(new double[3], 3, 1)).reals());
    }

    @Test
    void gradientsAgreeWithDifferences() {
        agrees("segment_mean", Attributes.NONE, new int[] {0}, random(1, 5, 2), ids(0, 2, 2, 4));
        agrees("segment_sum", Attributes.NONE, new int[] {0}, random(1, 5, 2), ids(0, 2, 2, 4));
        agrees("segment_spread", Attributes.NONE, new int[] {0}, random(1, 3, 2), ids(0, 2, 2, 4), random(1, 5, 1));
    }

    @Test
    void rowsAreOneLessThanOffsets() {
        Dim rows = Dim.bounded("rows", 8);
        assertEquals(Type.f32(rows, Dim.of(4)), Evaluation.type("segment_mean", Attributes.NONE,
            Type.f32(Dim.bounded("tokens", 9), Dim.of(4)), Type.i32(rows.plus(Dim.of(1)))));
    }

    @Test
    void refusesOffsetsThatFall() {
        var error = assertThrows(GraphException.class, () -> output("segment_mean", X, ids(0, 2, 1)));
        assertEquals("segment_mean: offsets must rise from 0 to at most 3 tokens; got 1 at 2.", error.getMessage());
    }
}
