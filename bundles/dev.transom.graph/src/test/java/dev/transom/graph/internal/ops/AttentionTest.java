package dev.transom.graph.internal.ops;

import static dev.transom.graph.internal.ops.Evaluation.ids;
import static dev.transom.graph.internal.ops.Evaluation.output;
import static dev.transom.graph.internal.ops.Evaluation.reals;
import static dev.transom.graph.internal.ops.Evaluation.refuses;
import static dev.transom.graph.internal.ops.Evaluation.row;
import static dev.transom.graph.internal.ops.GradientCheck.agrees;
import static dev.transom.graph.internal.ops.GradientCheck.random;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.transom.graph.AttentionMask;
import dev.transom.graph.Attributes;
import dev.transom.graph.Dim;
import dev.transom.graph.HostTensor;
import dev.transom.graph.Shape;
import dev.transom.graph.Type;
import java.util.List;
import org.junit.jupiter.api.Test;

class AttentionTest {

    private static final double LN3 = Math.log(3);

    @Test
    void weighsValuesBySoftmaxOfScores() {
        // scores 0 and ln 3 with scale 1: weights 1/4 and 3/4
        double[] y = attend(AttentionMask.bidirectional(1), row(0), 1, LN3, 0);
        assertArrayEquals(new double[] {10 * 0.75 + 20 * 0.25, 15}, y, 1e-12);
    }

    @Test
    void causalQueriesSeeNoLaterKey() {
        assertArrayEquals(new double[] {10, 12.5}, attend(AttentionMask.causal(1), row(0), 1, LN3, 0, 1), 1e-12);
    }

    @Test
    void prefixIsSeenByAll() {
        var mask = AttentionMask.causal(1).withPrefix(2);
        assertArrayEquals(new double[] {12.5, 12.5}, attend(mask, row(0), 1, LN3, 0, 1), 1e-12);
    }

    @Test
    void windowHidesWhatIsFarBack() {
        assertArrayEquals(new double[] {10, 20}, attend(AttentionMask.causal(1).withWindow(1), row(0), 1, 1, 1, 1), 1e-12);
    }

    @Test
    void alibiLowersScoresByDistance() {
        // second query: key 0 at distance 1 gets −ln 3, key 1 nothing: weights 1/4 and 3/4
        assertArrayEquals(new double[] {12.5, 17.5}, attend(AttentionMask.bidirectional(0), row(LN3), 1, 1, 1, 1), 1e-12);
    }

    @Test
    void softcapBoundsScores() {
        // q·k = 1000 and −1000 become 2·tanh(±500) = ±2
        var mask = new AttentionMask(false, 0, 0, 1, 2);
        double first = Math.exp(2) / (Math.exp(2) + Math.exp(-2));
        assertEquals(10 * first + 20 * (1 - first), attend(mask, row(0), 1000, 1, -1, 1)[0], 1e-12);
    }

    @Test
    void queriesStandAtTheEndOfTheKeys() {
        // one query, two keys: it stands at position 1 and sees both
        var y = output("attention", AttentionMask.causal(1).attributes(), reals(new double[] {0}, 1, 1, 1),
            reals(new double[] {0, 0}, 2, 1, 1), reals(new double[] {10, 20}, 2, 1, 1), ids(0, 1), ids(0, 2), row(0));
        assertArrayEquals(new double[] {15}, y.reals(), 1e-12);
    }

    @Test
    void rowsNeverSeeEachOtherAndEmptyRowsAreZeros() {
        // row 0: a query without keys; row 1: nothing; row 2: one of each
        var y = output("attention", AttentionMask.bidirectional(1).attributes(), reals(new double[] {1, 1}, 2, 1, 1),
            reals(new double[] {5}, 1, 1, 1), reals(new double[] {10}, 1, 1, 1), ids(0, 1, 1, 2), ids(0, 0, 0, 1), row(0));
        assertArrayEquals(new double[] {0, 10}, y.reals());
    }

    @Test
    void queriesThatSeeNothingGetZerosAndZeroGradients() {
        // two queries, one key: the first stands at −1 and sees nothing
        HostTensor[] inputs = {reals(new double[] {1, 1}, 2, 1, 1), reals(new double[] {5}, 1, 1, 1),
            reals(new double[] {10}, 1, 1, 1), ids(0, 2), ids(0, 1), row(0)};
        Attributes causal = AttentionMask.causal(1).attributes();
        assertArrayEquals(new double[] {0, 10}, output("attention", causal, inputs).reals());
        agrees("attention", causal, new int[] {0, 1, 2}, inputs);
    }

    @Test
    void groupsOfQueryHeadsShareAKeyHead() {
        var y = output("attention", AttentionMask.bidirectional(1).attributes(), random(1, 1, 4, 2), random(2, 1, 2, 2),
            reals(new double[] {7, 8}, 1, 2, 1), ids(0, 1), ids(0, 1), row(0, 0, 0, 0));
        assertArrayEquals(new double[] {7, 7, 8, 8}, y.reals());
    }

    @Test
    void gradientsAgreeWithDifferences() {
        for (var mask : List.of(AttentionMask.causal(0.5), new AttentionMask(true, 2, 1, 0.7, 1.5),
                AttentionMask.bidirectional(1))) {
            agrees("attention", mask.attributes(), new int[] {0, 1, 2}, random(1, 5, 4, 3), random(2, 6, 2, 3),
                random(3, 6, 2, 2),
                ids(0, 2, 2, 5), ids(0, 3, 3, 6), row(0, 0.1, 0.2, 0.3));
        }
    }

    @Test
    void refusesHeadsThatDoNotGroup_R5() {
        refuses("attention: heads of q must be a multiple of the kv heads; got 3 and 2.", "attention",
            AttentionMask.causal(1).attributes(), Type.f32(Shape.of(5, 3, 4)), Type.f32(Shape.of(5, 2, 4)),
            Type.f32(Shape.of(5, 2, 4)),
            Type.i32(Dim.of(2)), Type.i32(Dim.of(2)), Type.f32(Dim.of(3)));
    }

    /** One head of dimension 1, two keys with values 10 and 20, queries {@code q} and {@code q1} (zero if absent). */
    private static double[] attend(AttentionMask mask, HostTensor slopes, double q, double key0, double key1, double... q1) {
        double second = q1.length > 0 ? q1[0] : 0;
        return output("attention", mask.attributes(), reals(new double[] {q, second}, 2, 1, 1),
            reals(new double[] {key0, key1}, 2, 1, 1), reals(new double[] {10, 20}, 2, 1, 1), ids(0, 2), ids(0, 2),
            slopes).reals();
    }
}
