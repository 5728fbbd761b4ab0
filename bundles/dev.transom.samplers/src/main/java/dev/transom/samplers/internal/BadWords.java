package dev.transom.samplers.internal;

import dev.transom.api.capability.ProvidesSampler;
import dev.transom.api.sampler.Sampler;
import dev.transom.api.sampler.SamplingOptions;
import org.osgi.service.component.annotations.Component;

/**
 * Keeps words from being completed: the last token of a word is removed when the row ends with the others; a word of one token is
 * always removed (as transformers' NoBadWordsLogitsProcessor). A word that is only a stop id is left alone. Option
 * {@code bad_words}: phrases.
 */
@Component
@ProvidesSampler(name = "bad_words")
public final class BadWords implements Sampler {

    @Override
    public String name() {
        return "bad_words";
    }

    @Override
    public int order() {
        return 150;
    }

    @Override
    public Step step(SamplingOptions options, Setting setting) {
        Phrases words = Phrases.of("bad_words", options, setting);
        if (words.isEmpty()) {
            return null;
        }
        return (logits, history, length) -> {
            for (int[] word : words.ids) {
                int last = word[word.length - 1];
                boolean end = word.length == 1 && setting.stopIds().contains(last);
                if (!end && Phrases.begun(word, history, length)) {
                    logits[last] = Float.NEGATIVE_INFINITY;
                }
            }
        };
    }
}
