package dev.transom.sizing.internal;

import dev.transom.api.sizing.Sizing.Estimate;
import java.util.Locale;

/** Says by how much something does not fit, and what would. */
final class Refusal {

    private Refusal() {
    }

    static String sentence(String what, Estimate estimate) {
        return String.format(Locale.ROOT,
            "%s: it must fit the %,d bytes of memory that are left; it takes %,d, which is %,d bytes more"
            + " (weights %,d, repacked weights %,d, cache %,d, activations %,d, workspace %,d). %s", what, estimate.available(),
            estimate.total(), estimate.shortfall(), estimate.weights(), estimate.repacked(), estimate.cache(),
            estimate.activations(), estimate.workspace(), cure(estimate));
    }

    private static String cure(Estimate estimate) {
        long beforeCache = estimate.total() - estimate.cache();
        if (beforeCache < estimate.available()) {
            long percent = 100 * (estimate.available() - beforeCache) / estimate.cache();
            return "Ask for at most " + percent
                + " % of the positions (a shorter context, or fewer rows), or end other programs.";
        }
        if (estimate.weights() + estimate.repacked() < estimate.available()) {
            return "Ask for fewer tokens of a step and a shorter context, or end other programs.";
        }
        return "The weights alone are too large: choose a smaller model, weights stored in fewer bits, or a machine with more"
            + " memory.";
    }
}
