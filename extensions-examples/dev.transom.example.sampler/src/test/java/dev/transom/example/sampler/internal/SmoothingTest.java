package dev.transom.example.sampler.internal;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.transom.api.TransomException;
import dev.transom.api.sampler.Sampler.Setting;
import dev.transom.api.sampler.SamplingOptions;
import org.junit.jupiter.api.Test;

class SmoothingTest {

    private static final float REMOVED = Float.NEGATIVE_INFINITY;

    private final Smoothing smoothing = new Smoothing();

    @Test
    void bendsLogitsByTheSquareOfTheirDistanceFromTheLargest() {
        // m = 3: 3 − 0.5 · 0² = 3; 3 − 0.5 · 1² = 2.5; 3 − 0.5 · 2² = 1; 3 − 0.5 · 4² = −5
        assertArrayEquals(new float[] {3, 2.5f, 1, -5}, smoothed(0.5, 3, 2, 1, -1));
    }

    @Test
    void leavesRemovedTokensRemoved() {
        assertArrayEquals(new float[] {REMOVED, 1, 0}, smoothed(1, REMOVED, 1, 0));
    }

    @Test
    void doesNothingAtZeroOrWhenTheRequestIsGreedy() {
        assertNull(smoothing.step(SamplingOptions.NONE, Setting.NONE));
        assertNull(smoothing.step(SamplingOptions.NONE.with("smoothing_factor", 0), Setting.NONE));
        assertNull(smoothing.step(SamplingOptions.GREEDY.with("smoothing_factor", 1), Setting.NONE));
    }

    @Test
    void refusesANegativeFactor() {
        assertEquals("option smoothing_factor: it must be 0 or more; got -1.0. 0 leaves the logits alone.",
            assertThrows(TransomException.class, () -> smoothed(-1, 0)).getMessage());
    }

    private float[] smoothed(double factor, float... logits) {
        smoothing.step(SamplingOptions.NONE.with("smoothing_factor", factor), Setting.NONE).apply(logits, new int[0], 0);
        return logits;
    }
}
