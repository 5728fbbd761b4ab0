package dev.transom.samplers.internal;

import dev.transom.api.capability.ProvidesSampler;
import dev.transom.api.sampler.Sampler;
import dev.transom.api.sampler.SamplingOptions;
import org.osgi.service.component.annotations.Component;

/**
 * Adds a number to the logit of the last token of a sequence when the row ends with the others (as transformers'
 * SequenceBiasLogitsProcessor); a sequence of one token always counts. Option {@code sequence_bias}: phrases with their biases.
 */
@Component
@ProvidesSampler(name = "sequence_bias")
public final class SequenceBias implements Sampler {

    @Override
    public String name() {
        return "sequence_bias";
    }

    @Override
    public int order() {
        return 10;
    }

    @Override
    public Step step(SamplingOptions options, Setting setting) {
        Phrases phrases = Phrases.of("sequence_bias", options, setting);
        if (phrases.isEmpty()) {
            return null;
        }
        return (logits, history, length) -> {
            for (int i = 0; i < phrases.ids.length; i++) {
                int[] phrase = phrases.ids[i];
                if (Phrases.begun(phrase, history, length)) {
                    logits[phrase[phrase.length - 1]] += (float) phrases.biases[i];
                }
            }
        };
    }
}
