package dev.transom.samplers.internal;

import dev.transom.api.capability.ProvidesSampler;
import dev.transom.api.sampler.Sampler;
import dev.transom.api.sampler.SamplingOptions;
import org.osgi.service.component.annotations.Component;

/** Adds a number to the logits of tokens, whatever the row holds. Option {@code logit_bias}: phrases of one token with their biases. */
@Component
@ProvidesSampler(name = "logit_bias")
public final class LogitBias implements Sampler {

    @Override
    public String name() {
        return "logit_bias";
    }

    @Override
    public int order() {
        return 20;
    }

    @Override
    public Step step(SamplingOptions options, Setting setting) {
        Phrases phrases = Phrases.of("logit_bias", options, setting);
        int[] ids = phrases.single("logit_bias");
        if (phrases.isEmpty()) {
            return null;
        }
        return (logits, _, _) -> {
            for (int i = 0; i < ids.length; i++) {
                logits[ids[i]] += (float) phrases.biases[i];
            }
        };
    }
}
