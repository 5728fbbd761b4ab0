package dev.transom.graph.internal.ops;

import static dev.transom.graph.internal.ops.Evaluation.output;
import static dev.transom.graph.internal.ops.Evaluation.outputs;
import static dev.transom.graph.internal.ops.Evaluation.reals;
import static dev.transom.graph.internal.ops.Evaluation.refuses;
import static dev.transom.graph.internal.ops.Evaluation.row;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.transom.graph.Attributes;
import dev.transom.graph.Dim;
import dev.transom.graph.GraphException;
import dev.transom.graph.HostTensor;
import dev.transom.graph.Type;
import org.junit.jupiter.api.Test;

class ExpertsTest {

    private static final Attributes TRANSPOSED = Attributes.of("transpose_w", true);

    @Test
    void theLargestComeFirstAndOfEqualsTheEarlier() {
        var best = outputs("top_k", Attributes.of("k", 3), reals(new double[] {1, 4, 4, 2, 9, 0, 5, 9}, 2, 4));
        assertArrayEquals(new double[] {4, 4, 2, 9, 9, 5}, best.get(0).reals());
        assertArrayEquals(new int[] {1, 2, 3, 0, 3, 2}, best.get(1).ints());
    }

    @Test
    void topKRefusesMoreThanThereAre_R2() {
        refuses("top_k: k must be at least 1 and at most the last axis of x; got 5 of F32[2, 4].", "top_k", Attributes.of("k", 5),
            Type.f32(Dim.of(2), Dim.of(4)));
    }

    /** Expert 1 is [[5, 6], [7, 8]]: (1, 2) gives 1·5 + 2·6 = 17 and 1·7 + 2·8 = 23. */
    @Test
    void aTokenMeetsTheMatrixOfItsExpert() {
        HostTensor w = reals(new double[] {1, 2, 3, 4, 5, 6, 7, 8}, 2, 2, 2);
        assertArrayEquals(new double[] {17, 23, 5, 11},
            output("expert_matmul", TRANSPOSED, reals(new double[] {1, 2}, 1, 2), w, HostTensor.ofInts(new int[] {1, 0}, 1, 2)).reals());
        // [[5, 6], [7, 8]] the other way: 1·5 + 2·7 = 19 and 1·6 + 2·8 = 22.
        assertArrayEquals(new double[] {19, 22}, output("expert_matmul", Attributes.of("transpose_w", false),
            reals(new double[] {1, 2}, 1, 2), w, HostTensor.ofInts(new int[] {1}, 1, 1)).reals());
    }

    @Test
    void refusesAnExpertThatIsNotThere() {
        var error = assertThrows(GraphException.class, () -> output("expert_matmul", TRANSPOSED, reals(new double[2], 1, 2),
            reals(new double[8], 2, 2, 2), HostTensor.ofInts(new int[] {2}, 1, 1)));
        assertEquals("expert_matmul: an id must be one of the 2 experts; got 2.", error.getMessage());
    }

    @Test
    void refusesMatricesWithoutExperts_R2() {
        refuses("expert_matmul: w must have 3 dimensions; got F32[4, 3].", "expert_matmul", TRANSPOSED,
            Type.f32(Dim.of(2), Dim.of(3)), Type.f32(Dim.of(4), Dim.of(3)), Type.i32(Dim.of(2), Dim.of(1)));
    }

    @Test
    void refusesOtherTokens_R3() {
        refuses("expert_matmul: x must be [tokens, in] or [tokens, choices, in] with the tokens and choices of ids; got x F32[2, 3],"
            + " ids I32[5, 1].", "expert_matmul", TRANSPOSED, Type.f32(Dim.of(2), Dim.of(3)),
            Type.f32(Dim.of(4), Dim.of(6), Dim.of(3)), Type.i32(Dim.of(5), Dim.of(1)));
    }

    @Test
    void refusesAnotherWidth_R4() {
        refuses("expert_matmul: last axis of x must equal the last axis of w; got x F32[2, 3], w F32[4, 6, 5].", "expert_matmul",
            TRANSPOSED, Type.f32(Dim.of(2), Dim.of(3)), Type.f32(Dim.of(4), Dim.of(6), Dim.of(5)), Type.i32(Dim.of(2), Dim.of(1)));
    }

    @Test
    void clampHoldsBetweenItsEnds() {
        assertArrayEquals(new double[] {-1, -0.5, 2, 2}, output("clamp", Attributes.of("min", -1.0, "max", 2.0),
            row(-3, -0.5, 2, 7)).reals());
    }

    @Test
    void clampRefusesEndsInTheWrongOrder_R2() {
        refuses("clamp: min must not be above max; got 2.0 and 1.0.", "clamp", Attributes.of("min", 2.0, "max", 1.0),
            Type.f32(Dim.of(3)));
    }
}
