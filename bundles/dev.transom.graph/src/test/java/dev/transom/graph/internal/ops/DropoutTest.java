package dev.transom.graph.internal.ops;

import static dev.transom.graph.internal.ops.Evaluation.ids;
import static dev.transom.graph.internal.ops.Evaluation.output;
import static dev.transom.graph.internal.ops.Evaluation.refuses;
import static dev.transom.graph.internal.ops.Evaluation.row;
import static dev.transom.graph.internal.ops.GradientCheck.agrees;
import static dev.transom.graph.internal.ops.GradientCheck.random;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.transom.graph.Attributes;
import dev.transom.graph.CounterRandom;
import dev.transom.graph.Dim;
import dev.transom.graph.Type;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class DropoutTest {

    private static Attributes attributes(double p) {
        return Attributes.of("p", p, "id", 5);
    }

    @Test
    void zeroesAShareAndScalesTheRest() {
        double[] ones = new double[10_000];
        Arrays.fill(ones, 1);
        double[] y = output("dropout", attributes(0.25), row(ones), ids(1, 2)).reals();
        assertTrue(Arrays.stream(y).allMatch(e -> e == 0 || e == 1 / 0.75));
        // 2500 expected, standard deviation 43
        assertEquals(2500, Arrays.stream(y).filter(e -> e == 0).count(), 250);
    }

    @Test
    void drawsBySeedStepAndId() {
        double[] x = random(1, 64).reals();
        double[] y = output("dropout", attributes(0.5), row(x), ids(1, 2)).reals();
        for (int e = 0; e < 64; e++) {
            assertEquals(CounterRandom.uniform(1, 5, 2, e) >= 0.5 ? 2 * x[e] : 0, y[e]);
        }
        assertFalse(Arrays.equals(y, output("dropout", attributes(0.5), row(x), ids(1, 3)).reals()));
        assertFalse(Arrays.equals(y, output("dropout", attributes(0.5), row(x), ids(2, 2)).reals()));
    }

    @Test
    void gradientHasTheSameMask() {
        agrees("dropout", attributes(0.5), new int[] {0}, random(1, 20), ids(1, 2));
    }

    @Test
    void refusesToDropEverything_R3() {
        refuses("dropout: p must be at least 0 and below 1; got 1.0.", "dropout", attributes(1),
            Type.f32(Dim.of(2)), Type.i32(Dim.of(2)));
    }
}
