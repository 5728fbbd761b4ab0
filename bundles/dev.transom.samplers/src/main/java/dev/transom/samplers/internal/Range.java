package dev.transom.samplers.internal;

import dev.transom.api.TransomException;

/** Refuses options out of range in one sentence. */
final class Range {

    private Range() {
    }

    static void require(String option, double value, boolean holds, String rule, String cure) {
        if (!holds) {
            String shown = value == Math.rint(value) && Math.abs(value) < 1e15 ? Long.toString((long) value)
                : Double.toString(value);
            throw new TransomException("option " + option + ": it must be " + rule + "; got " + shown + ". " + cure + ".");
        }
    }

    /** An option that must be a whole number of at least {@code least}. */
    static int whole(String option, double value, int least, String cure) {
        require(option, value, value == Math.rint(value) && value >= least && value <= Integer.MAX_VALUE,
            "a whole number of at least " + least, cure);
        return (int) value;
    }
}
