package dev.transom.graph.internal.ops;

import static dev.transom.graph.internal.ops.Evaluation.ids;
import static dev.transom.graph.internal.ops.Evaluation.output;
import static dev.transom.graph.internal.ops.Evaluation.reals;
import static dev.transom.graph.internal.ops.Evaluation.refuses;
import static dev.transom.graph.internal.ops.Evaluation.row;
import static dev.transom.graph.internal.ops.Evaluation.type;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.transom.graph.Attributes;
import dev.transom.graph.Dim;
import dev.transom.graph.GraphException;
import dev.transom.graph.Type;
import org.junit.jupiter.api.Test;

class RowsAndSumsTest {

    @Test
    void gatherTakesRowsAndZerosForNegativeIds() {
        var table = reals(new double[] {1, 2, 3, 4, 5, 6}, 3, 2);
        assertArrayEquals(new double[] {5, 6, 0, 0, 1, 2, 5, 6}, output("gather", table, ids(2, -1, 0, 2)).reals());
    }

    @Test
    void gatherKeepsTheShapeOfIds() {
        assertEquals(Type.f32(Dim.bounded("tokens", 8), Dim.of(2), Dim.of(3)),
            type("gather", Attributes.NONE, Type.f32(Dim.of(50), Dim.of(3)), Type.i32(Dim.bounded("tokens", 8), Dim.of(2))));
    }

    @Test
    void gatherRefusesAnIdBeyondTheTable() {
        var error = assertThrows(GraphException.class, () -> output("gather", reals(new double[6], 3, 2), ids(3)));
        assertEquals("gather: an id must be below the 3 rows of the table; got 3.", error.getMessage());
    }

    @Test
    void scatterAddSumsRowsOfEqualIds() {
        var updates = reals(new double[] {1, 2, 10, 20, 100, 200}, 3, 2);
        assertArrayEquals(new double[] {0, 0, 11, 22}, output("scatter_add", updates, ids(1, 1, -1), reals(new double[4], 2, 2)).reals());
    }

    @Test
    void scatterAddRefusesOtherUpdates_R3() {
        refuses("scatter_add: updates must be [ids…, like without its first axis]; got updates F32[3, 2], ids I32[4], like F32[5, 2].",
            "scatter_add", Attributes.NONE, Type.f32(Dim.of(3), Dim.of(2)), Type.i32(Dim.of(4)), Type.f32(Dim.of(5), Dim.of(2)));
    }

    @Test
    void sumToAndBroadcastToMirrorEachOther() {
        var x = reals(new double[] {1, 2, 3, 4, 5, 6}, 2, 3);
        assertArrayEquals(new double[] {5, 7, 9}, output("sum_to", x, row(0, 0, 0)).reals());
        assertArrayEquals(new double[] {6, 15}, output("sum_to", x, reals(new double[2], 2, 1)).reals());
        assertArrayEquals(new double[] {7, 8, 9, 7, 8, 9}, output("broadcast_to", row(7, 8, 9), x).reals());
    }

    @Test
    void sumsAndMeans() {
        var x = reals(new double[] {1, 2, 3, 4, 5, 6}, 2, 3);
        assertArrayEquals(new double[] {6, 15}, output("sum_last", x).reals());
        assertArrayEquals(new double[] {21}, output("sum_all", x).reals());
        assertArrayEquals(new double[] {3.5}, output("mean_all", x).reals());
        assertArrayEquals(new double[] {0.5, 0.5, 0.5, 0.5, 0.5, 0.5},
            output("mean_all_backward", x, reals(new double[] {3})).reals());
    }

    @Test
    void sumsOfNothingAreZero() {
        assertArrayEquals(new double[] {0}, output("sum_all", reals(new double[0], 0, 3)).reals());
        assertArrayEquals(new double[] {0, 0}, output("sum_last", reals(new double[0], 2, 0)).reals());
    }

    @Test
    void meanOfNothingIsNotANumber() {
        assertArrayEquals(new double[] {Double.NaN}, output("mean_all", reals(new double[0], 0, 3)).reals());
    }

    @Test
    void sumLastRefusesAScalar_R2() {
        refuses("sum_last: x must have at least 1 dimension; got F32[].", "sum_last", Attributes.NONE, Type.f32());
    }
}
