package dev.transom.conformance.sampler;

import dev.transom.api.sampler.Sampler.Setting;
import dev.transom.api.sampler.Sampler.Step;
import dev.transom.graph.CounterRandom;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

/** Rows of logits and histories by seed, and what is due of them. */
final class Rows {

    /** Tokens of the history at the first step. */
    static final int LENGTH = 12;
    static final int STEPS = 6;
    private static final int VOCABULARY = 97;
    private static final int WARM = 50;

    private Rows() {
    }

    static Setting setting(int seed) {
        return new Setting(VOCABULARY, 4, 40, Set.of(9), (step, length) -> CounterRandom.uniform(seed, step.hashCode(), 0, length));
    }

    static float[] logits(int seed) {
        float[] logits = new float[VOCABULARY];
        for (int i = 0; i < VOCABULARY; i++) {
            logits[i] = (float) (12 * CounterRandom.uniform(seed, 1, 0, i) - 6);
        }
        return logits;
    }

    /** Few different ids, so that they repeat; longer than any step's length. */
    static int[] history(int seed) {
        int[] history = new int[LENGTH + STEPS + 8];
        Arrays.setAll(history, i -> (int) (5 * CounterRandom.uniform(seed, 2, 0, i)));
        return history;
    }

    /** The logits after each step of one request. */
    static float[][] run(Step step, int seed) {
        float[][] all = new float[STEPS][];
        for (int i = 0; i < STEPS; i++) {
            all[i] = logits(seed + i);
            step.apply(all[i], history(seed), LENGTH + i);
        }
        return all;
    }

    static void numbers(String rule, float[] logits, List<String> broken) {
        for (int i = 0; i < logits.length; i++) {
            if (Float.isNaN(logits[i]) || logits[i] == Float.POSITIVE_INFINITY) {
                broken.add(rule + "; token " + i + " has " + logits[i] + ".");
                return;
            }
        }
    }

    static void someLeft(float[] logits, List<String> broken) {
        for (float logit : logits) {
            if (logit > Float.NEGATIVE_INFINITY) {
                return;
            }
        }
        broken.add("a step must leave at least one token; it removed all.");
    }

    static void same(String rule, float[][] want, float[][] got, List<String> broken) {
        for (int i = 0; i < want.length; i++) {
            int at = Arrays.mismatch(want[i], got[i]);
            if (at >= 0) {
                broken.add(rule + "; at call " + i + " token " + at + " has " + want[i][at] + " and " + got[i][at] + ".");
                return;
            }
        }
    }

    /** The least of several calls, since a compiler or a counter may allocate in one. */
    static long allocatedByOneCall(Step step) {
        var threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
        float[] fresh = logits(7);
        float[] logits = fresh.clone();
        int[] history = history(7);
        long least = Long.MAX_VALUE;
        for (int round = 0; round < WARM; round++) {
            System.arraycopy(fresh, 0, logits, 0, fresh.length);
            long before = threads.getCurrentThreadAllocatedBytes();
            step.apply(logits, history, LENGTH);
            least = Math.min(least, threads.getCurrentThreadAllocatedBytes() - before);
        }
        return least;
    }
}
