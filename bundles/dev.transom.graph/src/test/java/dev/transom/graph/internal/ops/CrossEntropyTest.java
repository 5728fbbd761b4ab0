package dev.transom.graph.internal.ops;

import static dev.transom.graph.internal.ops.Evaluation.ids;
import static dev.transom.graph.internal.ops.Evaluation.output;
import static dev.transom.graph.internal.ops.Evaluation.reals;
import static dev.transom.graph.internal.ops.Evaluation.refuses;
import static dev.transom.graph.internal.ops.GradientCheck.agrees;
import static dev.transom.graph.internal.ops.GradientCheck.random;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.transom.graph.Attributes;
import dev.transom.graph.Dim;
import dev.transom.graph.GraphException;
import dev.transom.graph.HostTensor;
import dev.transom.graph.Type;
import org.junit.jupiter.api.Test;

class CrossEntropyTest {

    /** Probabilities 1/4 and 3/4, then 1/2 and 1/2, then ignored. */
    private static final HostTensor LOGITS = reals(new double[] {0, Math.log(3), 7, 7, 1, 2}, 3, 2);

    @Test
    void averagesOverKeptLabels() {
        assertEquals((Math.log(4) + Math.log(2)) / 2, output("cross_entropy", LOGITS, ids(0, 1, -100)).reals()[0], 1e-12);
    }

    @Test
    void linearFormEqualsThePlainOne() {
        var x = random(1, 4, 3);
        var w = random(2, 5, 3);
        var logits = output("matmul", Attributes.of("transpose_a", false, "transpose_b", true), x, w);
        var labels = ids(4, -1, 0, 2);
        assertEquals(output("cross_entropy", logits, labels).reals()[0],
            output("linear_cross_entropy", x, w, labels).reals()[0], 1e-14);
    }

    @Test
    void withoutKeptLabelsTheMeanIsNaNAndTheGradientZero() {
        assertTrue(Double.isNaN(output("cross_entropy", LOGITS, ids(-1, -1, -1)).reals()[0]));
        assertTrue(Double.isNaN(output("linear_cross_entropy", random(1, 0, 3), random(2, 5, 3), ids()).reals()[0]));
        assertArrayEquals(new double[6], output("cross_entropy_backward", LOGITS, ids(-1, -1, -1),
            reals(new double[] {1})).reals());
    }

    @Test
    void gradientsAgreeWithDifferences() {
        agrees("cross_entropy", Attributes.NONE, new int[] {0}, random(1, 4, 5), ids(4, -1, 0, 2));
        agrees("linear_cross_entropy", Attributes.NONE, new int[] {0, 1}, random(1, 4, 3), random(2, 5, 3),
            ids(4, -1, 0, 2));
    }

    @Test
    void refusesALabelBeyondTheClasses() {
        var error = assertThrows(GraphException.class, () -> output("cross_entropy", LOGITS, ids(0, 2, 1)));
        assertEquals("cross_entropy: a label must be below the 2 classes; got 2.", error.getMessage());
    }

    @Test
    void refusesLabelsOfOtherLength_R2() {
        refuses("cross_entropy: labels must be [first axis of logits]; got logits F32[3, 2], labels I32[2].",
            "cross_entropy",
            Attributes.NONE, Type.f32(Dim.of(3), Dim.of(2)), Type.i32(Dim.of(2)));
    }
}
