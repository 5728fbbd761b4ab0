package dev.transom.samplers.internal;

import dev.transom.api.capability.ProvidesSampler;
import dev.transom.api.sampler.Sampler;
import dev.transom.api.sampler.SamplingOptions;
import java.util.Set;
import org.osgi.service.component.annotations.Component;

/**
 * Makes tokens that occur in the row less likely, as OpenAI and llama.cpp define it: the logit of each token that occurs is lowered
 * by the penalty, once. 0 does nothing, below 0 rewards repetition.
 */
@Component
@ProvidesSampler(name = "presence_penalty")
public final class PresencePenalty implements Sampler {

    @Override
    public String name() {
        return "presence_penalty";
    }

    @Override
    public Set<String> options() {
        return Set.of("presence_penalty", Occurrences.LAST_N);
    }

    @Override
    public int order() {
        return 120;
    }

    @Override
    public Step step(SamplingOptions options, Setting setting) {
        double penalty = options.get("presence_penalty", 0);
        Range.require("presence_penalty", penalty, Double.isFinite(penalty), "a finite number", "0 does nothing");
        Occurrences occurrences = Occurrences.of(options);
        if (penalty == 0) {
            return null;
        }
        Occurrences.Change change = (logit, _) -> logit - penalty;
        return (logits, history, length) -> occurrences.change(logits, history, length, change);
    }
}
