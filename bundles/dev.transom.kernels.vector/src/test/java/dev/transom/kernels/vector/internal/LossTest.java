package dev.transom.kernels.vector.internal;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.transom.api.tensor.Format;
import dev.transom.graph.Attributes;
import dev.transom.graph.GraphException;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LossTest {

    private final Random random = new Random(8);

    /** Every third label is to be passed over. */
    private int[] labels(int rows, int classes) {
        int[] labels = new int[rows];
        for (int row = 0; row < rows; row++) {
            labels[row] = row % 3 == 2 ? -100 : random.nextInt(classes);
        }
        return labels;
    }

    @ParameterizedTest
    @CsvSource({"1, 1", "2, 7", "5, 8", "33, 130", "7, 1001"})
    void crossEntropyAndItsGradient(int rows, int classes) {
        int[] labels = labels(rows, classes);
        new Trial("cross_entropy", Attributes.NONE).normal(random, rows, classes).ints(labels, rows).ragged().check(2e-6);
        new Trial("cross_entropy_backward", Attributes.NONE).normal(random, rows, classes).ints(labels, rows)
            .reals(new double[] {1.5}).ragged().check(1e-6);
    }

    @Test
    void keepsTheDigitsOfLargeLogits() {
        double[] logits = {1000, 1001, 998, -1000, 1000.5};
        new Trial("cross_entropy", Attributes.NONE).reals(logits, 1, 5).ints(new int[] {2}, 1).check(1e-6);
    }

    @ParameterizedTest
    @CsvSource({"1, 1, 1", "3, 5, 9", "24, 16, 64", "50, 33, 47", "130, 300, 517", "50, 3, 131072"})
    void linearCrossEntropyAndItsGradient(int rows, int hidden, int classes) {
        int[] labels = labels(rows, classes);
        for (Format format : new Format[] {Format.F32, Format.BF16}) {
            if (format == Format.F32 || classes < 1000) {
                new Trial("linear_cross_entropy", Attributes.NONE).normal(random, rows, hidden)
                    .parameter(random, format, classes, hidden).ints(labels, rows).ragged().check(4e-6);
                new Trial("linear_cross_entropy_backward", Attributes.NONE).normal(random, rows, hidden)
                    .parameter(random, format, classes, hidden).ints(labels, rows).reals(new double[] {-0.5}).ragged()
                    .check(4e-6);
            }
        }
    }

    @Test
    void manyChunksGiveTheSameBitsOnAnyNumberOfThreads() {
        int[] labels = labels(60, 131072);
        Trial trial = new Trial("linear_cross_entropy_backward", Attributes.NONE).normal(random, 60, 3).normal(random, 131072, 3)
            .ints(labels, 60).reals(new double[] {1});
        float[][] alone = trial.run(1);
        float[][] three = trial.run(3);
        assertArrayEquals(alone[0], three[0], "gradient of x");
        assertArrayEquals(alone[1], three[1], "gradient of w");
    }

    @Test
    void withoutAKeptLabelTheLossIsNotANumberAndGradientsAreZero() {
        int[] none = {-1, -1};
        assertTrue(Float.isNaN(new Trial("linear_cross_entropy", Attributes.NONE).normal(random, 2, 3).normal(random, 4, 3)
            .ints(none, 2).run(2)[0][0]));
        assertTrue(Float.isNaN(new Trial("cross_entropy", Attributes.NONE).normal(random, 2, 3).ints(none, 2).run(2)[0][0]));
        float[][] gradients = new Trial("linear_cross_entropy_backward", Attributes.NONE).normal(random, 2, 3)
            .normal(random, 4, 3).ints(none, 2).reals(new double[] {1}).run(2);
        assertArrayEquals(new float[6], gradients[0]);
        assertArrayEquals(new float[12], gradients[1]);
    }

    @Test
    void aLabelBeyondTheClassesIsRefused() {
        GraphException refused = assertThrows(GraphException.class, () -> new Trial("linear_cross_entropy", Attributes.NONE)
            .normal(random, 2, 3).normal(random, 4, 3).ints(new int[] {0, 4}, 2).run(1));
        assertEquals("linear_cross_entropy: a label must be below the 4 classes; got 4.", refused.getMessage());
    }

    @ParameterizedTest
    @CsvSource({"1, 0", "3, 0.5", "1030, 0.1", "10001, 0.9"})
    void dropoutKeepsWhatItsNumbersSay(int elements, double p) {
        for (int seed : new int[] {7, -7}) {
            new Trial("dropout", Attributes.of("p", p, "id", 5L)).normal(random, elements).ints(new int[] {seed, 3}, 2)
                .check(1e-7);
        }
    }
}
