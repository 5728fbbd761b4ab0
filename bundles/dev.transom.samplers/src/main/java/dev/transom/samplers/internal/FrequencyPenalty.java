package dev.transom.samplers.internal;

import dev.transom.api.capability.ProvidesSampler;
import dev.transom.api.sampler.Sampler;
import dev.transom.api.sampler.SamplingOptions;
import java.util.Set;
import org.osgi.service.component.annotations.Component;

/**
 * Makes tokens that occur in the row less likely, as OpenAI and llama.cpp define it: each token's logit is lowered by the penalty
 * times the number of times it occurs. 0 does nothing, below 0 rewards repetition.
 */
@Component
@ProvidesSampler(name = "frequency_penalty")
public final class FrequencyPenalty implements Sampler {

    @Override
    public String name() {
        return "frequency_penalty";
    }

    @Override
    public Set<String> options() {
        return Set.of("frequency_penalty", Occurrences.LAST_N);
    }

    @Override
    public int order() {
        return 110;
    }

    @Override
    public Step step(SamplingOptions options, Setting setting) {
        double penalty = options.get("frequency_penalty", 0);
        Range.require("frequency_penalty", penalty, Double.isFinite(penalty), "a finite number", "0 does nothing");
        Occurrences occurrences = Occurrences.of(options);
        if (penalty == 0) {
            return null;
        }
        Occurrences.Change change = (logit, count) -> logit - count * penalty;
        return (logits, history, length) -> occurrences.change(logits, history, length, change);
    }
}
