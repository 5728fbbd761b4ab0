package dev.transom.samplers.internal;

import dev.transom.api.sampler.SamplingOptions;

/**
 * Changes the logit of each distinct token among the last tokens of a row once, by how often it occurs there. Kept from call to
 * call, so that nothing is allocated after the first.
 */
final class Occurrences {

    /** Option: how many tokens of the row's end count; −1 for all. */
    static final String LAST_N = "penalty_last_n";

    private final int lastN;
    private int[] counts = new int[0];

    Occurrences(int lastN) {
        this.lastN = lastN;
    }

    static Occurrences of(SamplingOptions options) {
        return new Occurrences(Range.whole(LAST_N, options.get(LAST_N, -1), -1, "-1 counts the whole row"));
    }

    /** The new logit of a token that occurs {@code count} times. */
    @FunctionalInterface
    interface Change {
        double of(double logit, int count);
    }

    void change(float[] logits, int[] history, int length, Change change) {
        if (counts.length < logits.length) {
            counts = new int[logits.length];
        }
        int from = lastN < 0 ? 0 : Math.max(0, length - lastN);
        for (int i = from; i < length; i++) {
            if (history[i] < logits.length) {
                counts[history[i]]++;
            }
        }
        for (int i = from; i < length; i++) {
            int id = history[i];
            if (id < logits.length && counts[id] > 0) {
                logits[id] = (float) change.of(logits[id], counts[id]);
                counts[id] = 0;
            }
        }
    }
}
