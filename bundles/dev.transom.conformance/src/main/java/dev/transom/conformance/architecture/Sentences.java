package dev.transom.conformance.architecture;

import dev.transom.api.TransomException;
import java.util.List;

/** What people read must be one sentence or two that name the cause. */
final class Sentences {

    private Sentences() {
    }

    /** @param cause what the sentence must name */
    static void check(String what, TransomException refusal, String cause, List<String> broken) {
        String sentence = String.valueOf(refusal.getMessage());
        if (sentence.contains("\n") || !sentence.endsWith(".") || !sentence.contains(cause)) {
            broken.add(what + " must be a sentence that names " + cause + "; it says: " + sentence);
        }
    }
}
