package dev.transom.samplers.internal;

import java.util.Arrays;

/** Removes and forces tokens. */
final class Tokens {

    private Tokens() {
    }

    static void remove(float[] logits, int[] ids) {
        for (int id : ids) {
            if (id >= 0 && id < logits.length) {
                logits[id] = Float.NEGATIVE_INFINITY;
            }
        }
    }

    /** Leaves only {@code id}, with logit 0. */
    static void force(float[] logits, int id) {
        Arrays.fill(logits, Float.NEGATIVE_INFINITY);
        logits[id] = 0;
    }

    /** An option that names one id; −1 when it is not given. */
    static int id(String option, double value, int vocabulary) {
        int id = Range.whole(option, value, -1, "Leave it out to force nothing");
        Range.require(option, id, id < vocabulary, "an id of 0 to " + (vocabulary - 1), "Use an id of the model's own tokenizer");
        return id;
    }
}
