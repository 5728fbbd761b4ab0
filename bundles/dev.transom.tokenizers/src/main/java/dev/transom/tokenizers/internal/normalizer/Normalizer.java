package dev.transom.tokenizers.internal.normalizer;

import dev.transom.tokenizers.internal.text.NormalizedText;
import java.util.List;

/** Changes a text before it is cut into pieces. */
@FunctionalInterface
public interface Normalizer {

    /** Changes the text in place. */
    void normalize(NormalizedText text);

    /** Several normalisers in order. */
    static Normalizer sequence(List<Normalizer> steps) {
        return text -> steps.forEach(step -> step.normalize(text));
    }
}
