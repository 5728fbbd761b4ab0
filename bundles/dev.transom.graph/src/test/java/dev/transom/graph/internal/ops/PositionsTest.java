package dev.transom.graph.internal.ops;

import static dev.transom.graph.internal.ops.Evaluation.ids;
import static dev.transom.graph.internal.ops.Evaluation.output;
import static dev.transom.graph.internal.ops.Evaluation.reals;
import static dev.transom.graph.internal.ops.Evaluation.refuses;
import static dev.transom.graph.internal.ops.GradientCheck.agrees;
import static dev.transom.graph.internal.ops.GradientCheck.random;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.transom.graph.Attributes;
import dev.transom.graph.Dim;
import dev.transom.graph.Type;
import org.junit.jupiter.api.Test;

class PositionsTest {

    @Test
    void sinusoidInterleavesSinesAndCosines() {
        // exponents 0 and 2/4: frequencies 1 and 1/100
        assertArrayEquals(new double[] {0, 1, 0, 1, Math.sin(3), Math.cos(3), Math.sin(0.03), Math.cos(0.03)},
            output("sinusoid", Attributes.of("dim", 4, "layout", "interleaved"), ids(0, 3)).reals(), 1e-15);
    }

    @Test
    void sinusoidInHalvesHasSinesFirst() {
        assertArrayEquals(new double[] {Math.sin(3), Math.sin(0.03), Math.cos(3), Math.cos(0.03)},
            output("sinusoid", Attributes.of("dim", 4, "layout", "halves"), ids(3)).reals(), 1e-15);
    }

    @Test
    void ropeTableTakesFrequenciesOfTheRow() {
        double[] table = output("rope_table", Attributes.of("scale", 2.0), ids(1, 0, 3),
            reals(new double[] {1, 9, 0.5}, 3, 1), ids(0, 1, 1, 3)).reals();
        assertArrayEquals(new double[] {2 * Math.cos(1), 2 * Math.sin(1), 2, 0, 2 * Math.cos(1.5), 2 * Math.sin(1.5)},
            table, 1e-15);
    }

    @Test
    void ropeRotatesPairsAndPassesTheRest() {
        // a quarter turn: (a, b) becomes (−b, a)
        var x = reals(new double[] {1, 2, 3, 4, 5}, 1, 1, 5);
        var quarter = reals(new double[] {0, 0, 1, 1}, 1, 2, 2);
        assertArrayEquals(new double[] {-3, -4, 1, 2, 5}, output("rope", layout("halves", false), x, quarter).reals());
        assertArrayEquals(new double[] {-2, 1, -4, 3, 5}, output("rope", layout("interleaved", false), x, quarter).reals());
        assertArrayEquals(new double[] {3, 4, -1, -2, 5}, output("rope", layout("halves", true), x, quarter).reals());
    }

    @Test
    void gradientsAgreeWithDifferences() {
        var table = output("rope_table", Attributes.of("scale", 1.5), ids(4, 7), random(2, 1, 2), ids(0, 2));
        agrees("rope", layout("halves", false), new int[] {0}, random(1, 2, 3, 5), table);
        agrees("rope", layout("interleaved", true), new int[] {0}, random(1, 2, 3, 5), table);
    }

    @Test
    void refusesFrequenciesOfOtherRows_R2() {
        refuses("rope_table: frequencies must be [rows, half] for offsets [rows + 1]; got frequencies F32[1, 4], offsets I32[rows+1≤9].",
            "rope_table", Attributes.of("scale", 1.0), Type.i32(Dim.of(3)), Type.f32(Dim.of(1), Dim.of(4)),
            Type.i32(Dim.bounded("rows", 8).plus(Dim.of(1))));
    }

    @Test
    void acceptsBoundedRows() {
        assertEquals(Type.f32(Dim.bounded("tokens", 9), Dim.of(2), Dim.of(4)),
            Evaluation.type("rope_table", Attributes.of("scale", 1.0),
            Type.i32(Dim.bounded("tokens", 9)), Type.f32(Dim.bounded("rows", 8), Dim.of(4)),
            Type.i32(Dim.bounded("rows", 8).plus(Dim.of(1)))));
    }

    private static Attributes layout(String layout, boolean inverse) {
        return Attributes.of("layout", layout, "inverse", inverse);
    }
}
