package dev.transom.graph.internal.ops;

import dev.transom.graph.Rules;

/** Class ids that a loss is taken at; those below zero are ignored. */
final class Labels {

    private Labels() {
    }

    /** How many labels are kept, each checked to be below {@code classes}. */
    static int kept(String operation, int[] labels, int classes) {
        int kept = 0;
        for (int label : labels) {
            Rules.require(label < classes, operation + ": a label must be below the " + classes + " classes", label);
            kept += label >= 0 ? 1 : 0;
        }
        return kept;
    }
}
