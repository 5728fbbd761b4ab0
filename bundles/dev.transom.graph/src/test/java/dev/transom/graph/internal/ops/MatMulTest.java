package dev.transom.graph.internal.ops;

import static dev.transom.graph.internal.ops.Evaluation.output;
import static dev.transom.graph.internal.ops.Evaluation.reals;
import static dev.transom.graph.internal.ops.Evaluation.refuses;
import static dev.transom.graph.internal.ops.Evaluation.row;
import static dev.transom.graph.internal.ops.Evaluation.type;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.transom.graph.Attributes;
import dev.transom.graph.Cost;
import dev.transom.graph.Dim;
import dev.transom.graph.Operations;
import dev.transom.graph.Type;
import java.util.List;
import org.junit.jupiter.api.Test;

class MatMulTest {

    private static final Attributes PLAIN = Attributes.of("transpose_a", false, "transpose_b", false);
    private static final Attributes TRANSPOSE_B = Attributes.of("transpose_a", false, "transpose_b", true);
    private static final Attributes TRANSPOSE_A = Attributes.of("transpose_a", true, "transpose_b", false);
    private static final Dim TOKENS = Dim.bounded("tokens", 512);

    @Test
    void multipliesRowsByColumns() {
        // [1 2 3]·[[1 2] [3 4] [5 6]] = [1+6+15, 2+8+18]; [4 5 6]· = [4+15+30, 8+20+36]
        assertArrayEquals(new double[] {22, 28, 49, 64}, output("matmul", PLAIN,
            reals(new double[] {1, 2, 3, 4, 5, 6}, 2, 3), reals(new double[] {1, 2, 3, 4, 5, 6}, 3, 2)).reals());
    }

    @Test
    void multipliesRowsByRowsWhenBIsTransposed() {
        // [1 2 3]·[1 2 3] = 14, [1 2 3]·[4 5 6] = 32
        assertArrayEquals(new double[] {14, 32}, output("matmul", TRANSPOSE_B,
            row(1, 2, 3), reals(new double[] {1, 2, 3, 4, 5, 6}, 2, 3)).reals());
    }

    @Test
    void sumsOuterProductsOverLeadingAxesWhenAIsTransposed() {
        // rows (1,2)⊗(10) + (3,4)⊗(20) = [10+60, 20+80]
        assertArrayEquals(new double[] {70, 100}, output("matmul", TRANSPOSE_A,
            reals(new double[] {1, 2, 3, 4}, 2, 2), reals(new double[] {10, 20}, 2, 1)).reals());
    }

    @Test
    void sumOverNoTokensIsZero() {
        assertArrayEquals(new double[6], output("matmul", TRANSPOSE_A, reals(new double[0], 0, 2), reals(new double[0], 0, 3)).reals());
    }

    @Test
    void keepsLeadingAxes() {
        assertEquals(Type.f32(TOKENS, Dim.of(3), Dim.of(7)), type("matmul", TRANSPOSE_B,
            Type.f32(TOKENS, Dim.of(3), Dim.of(5)), Type.f32(Dim.of(7), Dim.of(5))));
    }

    @Test
    void countsTwoOperationsForEachProduct() {
        List<Type> inputs = List.of(Type.f32(TOKENS, Dim.of(5)), Type.f32(Dim.of(5), Dim.of(7)));
        Cost cost = Operations.core().get("matmul").cost(PLAIN, inputs, List.of(Type.f32(TOKENS, Dim.of(7))));
        assertEquals(2.0 * 512 * 5 * 7, cost.flops());
        assertEquals(4.0 * (512 * 5 + 5 * 7 + 512 * 7), cost.bytes());
    }

    @Test
    void refusesAWeightOfOtherLength_R4() {
        refuses("matmul: last axis of x must equal first axis of w; got x F32[tokens≤512, 4096], w F32[4608, 4096].",
            "matmul", PLAIN, Type.f32(TOKENS, Dim.of(4096)), Type.f32(Dim.of(4608), Dim.of(4096)));
        refuses("matmul: last axis of x must equal last axis of w; got x F32[tokens≤512, 8], w F32[8, 9].",
            "matmul", TRANSPOSE_B, Type.f32(TOKENS, Dim.of(8)), Type.f32(Dim.of(8), Dim.of(9)));
    }

    @Test
    void refusesBothTransposes_R2() {
        refuses("matmul: only one of transpose_a and transpose_b may be set; got both.", "matmul",
            Attributes.of("transpose_a", true, "transpose_b", true), Type.f32(Dim.of(2), Dim.of(2)), Type.f32(Dim.of(2), Dim.of(2)));
    }

    @Test
    void refusesAWeightOfThreeDimensions_R3() {
        refuses("matmul: w must have 2 dimensions; got F32[2, 2, 2].", "matmul", PLAIN, Type.f32(TOKENS, Dim.of(2)),
            Type.f32(Dim.of(2), Dim.of(2), Dim.of(2)));
    }

    @Test
    void refusesOtherLeadingAxes_R5() {
        refuses("matmul: x and w must have the same axes before the last; got x F32[tokens≤512, 2], w F32[3, 2].", "matmul",
            TRANSPOSE_A, Type.f32(TOKENS, Dim.of(2)), Type.f32(Dim.of(3), Dim.of(2)));
    }
}
