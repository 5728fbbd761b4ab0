package dev.transom.samplers.internal;

import dev.transom.api.sampler.Sampler.Step;

/**
 * Finds, for each place in the row, how much of the row's end ends there as well. That is the Z-function of the row read backwards,
 * in time proportional to its length. Arrays grow with the row, doubling.
 */
final class DryStep implements Step {

    /** Keeps a penalty a finite number however long the match. */
    private static final double LARGEST = 1e30;

    private final double multiplier;
    private final double base;
    private final int allowed;
    private final int lastN;
    private final int[][] breakers;
    private int[] matches = new int[0];
    private int[] longest = new int[0];

    DryStep(double multiplier, double base, int allowed, int lastN, int[][] breakers) {
        this.multiplier = multiplier;
        this.base = base;
        this.allowed = allowed;
        this.lastN = lastN;
        this.breakers = breakers;
    }

    @Override
    public void apply(float[] logits, int[] history, int length) {
        int count = lastN < 0 ? length : Math.min(lastN, length);
        int most = reach(history, length, count);
        if (most < allowed) {
            return;
        }
        if (longest.length < logits.length) {
            longest = new int[logits.length];
        }
        match(history, length, count);
        for (int back = 1; back < count; back++) {
            int next = history[length - back];
            if (next < logits.length) {
                longest[next] = Math.max(longest[next], Math.min(most, matches[back]));
            }
        }
        for (int back = 1; back < count; back++) {
            int next = history[length - back];
            if (next < logits.length) {
                if (longest[next] >= allowed) {
                    logits[next] -= (float) Math.min(LARGEST, multiplier * Math.pow(base, longest[next] - allowed));
                }
                longest[next] = 0;
            }
        }
    }

    /** Tokens at the row's end after the last breaker. */
    private int reach(int[] history, int length, int count) {
        int reach = count;
        for (int[] breaker : breakers) {
            for (int after = 0; after + breaker.length <= count && after < reach; after++) {
                if (endsAt(breaker, history, length - after)) {
                    reach = after;
                }
            }
        }
        return reach;
    }

    private static boolean endsAt(int[] phrase, int[] history, int end) {
        for (int i = 0; i < phrase.length; i++) {
            if (history[end - phrase.length + i] != phrase[i]) {
                return false;
            }
        }
        return true;
    }

    /** matches[k]: how many tokens before place {@code length − k} equal the row's last ones. */
    private void match(int[] history, int length, int count) {
        if (matches.length < count) {
            matches = new int[Math.max(count, 2 * matches.length)];
        }
        int last = length - 1;
        int left = 0;
        int right = 0;
        for (int k = 1; k < count; k++) {
            int z = k < right ? Math.min(right - k, matches[k - left]) : 0;
            while (k + z < count && history[last - z] == history[last - k - z]) {
                z++;
            }
            matches[k] = z;
            if (k + z > right) {
                left = k;
                right = k + z;
            }
        }
    }
}
