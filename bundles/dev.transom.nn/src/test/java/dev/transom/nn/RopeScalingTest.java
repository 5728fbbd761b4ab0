package dev.transom.nn;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

/** Each scaling against numbers worked by hand; a head of four elements turns two pairs. */
class RopeScalingTest {

    private static final double TINY = 1e-12;

    @Test
    void plainFrequenciesAreThetaToTheMinusTwoIOverDim() {
        assertArrayEquals(new double[] {1, 0.01}, new RopeScaling.None().frequencies(4, 10000, 99), TINY);
    }

    @Test
    void linearDividesByTheFactor() {
        assertArrayEquals(new double[] {0.25, 0.0025}, new RopeScaling.Linear(4).frequencies(4, 10000, 99), TINY);
    }

    @Test
    void dynamicKeepsRowsUpToTheOriginalLength() {
        assertArrayEquals(new double[] {1, 0.01}, new RopeScaling.Dynamic(2, 8).frequencies(4, 10000, 8), TINY);
    }

    /** Twice the length: 2·16/8 − 1 = 3, to the power 4/2 is 9; theta becomes 90000, whose root is 300. */
    @Test
    void dynamicRaisesThetaForLongerRows() {
        assertArrayEquals(new double[] {1, 1 / 300.0}, new RopeScaling.Dynamic(2, 8).frequencies(4, 10000, 16), TINY);
    }

    @Test
    void dynamicSetsNoEndToRowsOfAModelOfEightPositions() {
        assertEquals(1 << 20, new RopeScaling.Dynamic(2, 8).longest(8));
        assertEquals(8, new RopeScaling.Linear(2).longest(8));
    }

    /**
     * Frequencies 1, 0.25, 0.0625 (theta 64, dim 6) over 63 positions make 10.03, 2.507 and 0.627 turns: more than 4 stays,
     * less than 1 becomes an eighth, between them (2.507 − 1)/3 = 0.5022 is kept: 0.5022·0.25 + 0.4978·0.25/8 = 0.14111.
     */
    @Test
    void llama3KeepsShortWavesScalesLongOnesAndInterpolates() {
        double[] frequencies = new RopeScaling.Llama3(8, 1, 4, 63).frequencies(6, 64, 99);
        assertArrayEquals(new double[] {1, 0.14111, 0.0625 / 8}, frequencies, 1e-5);
    }

    /**
     * dim 4, theta 100, 64 positions: 4 turns at 4·ln(64/8π)/(2·ln 100) = 0.4059, 1 turn at 1.0080; whole dimensions: 0 and 2.
     * The second pair, halfway, is 0.5·0.1/4 + 0.5·0.1.
     */
    @Test
    void yarnRampsBetweenWholeDimensions() {
        assertArrayEquals(new double[] {1, 0.0625}, new RopeScaling.Yarn(4, 64, 4, 1, 1, true).frequencies(4, 100, 99), TINY);
    }

    /** Without rounding the ramp at the second pair is (1 − 0.40594)/(1.00800 − 0.40594) = 0.98671. */
    @Test
    void yarnRampsBetweenFractionsWhereAsked() {
        double[] frequencies = new RopeScaling.Yarn(4, 64, 4, 1, 1, false).frequencies(4, 100, 99);
        assertArrayEquals(new double[] {1, 0.98671 * 0.025 + 0.01329 * 0.1}, frequencies, 1e-6);
    }

    /** 0.1·ln 4 + 1. */
    @Test
    void yarnSharpensAttention() {
        assertEquals(1.1386294361119891, RopeScaling.Yarn.attentionFactor(4), TINY);
        assertEquals(1, RopeScaling.Yarn.attentionFactor(1));
        assertEquals(0.1 * 0.7 * Math.log(4) + 1, RopeScaling.Yarn.attentionFactor(4, 0.7), TINY);
    }

    @Test
    void longRopeDividesByTheListForTheLength() {
        RopeScaling scaling = new RopeScaling.LongRope(List.of(1.0, 2.0), List.of(2.0, 4.0), 8, 1.19);
        assertArrayEquals(new double[] {1, 0.005}, scaling.frequencies(4, 10000, 8), TINY);
        assertArrayEquals(new double[] {0.5, 0.0025}, scaling.frequencies(4, 10000, 9), TINY);
        assertEquals(1.19, scaling.attentionFactor());
    }
}
