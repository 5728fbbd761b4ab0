package dev.transom.samplers.internal;

import dev.transom.api.capability.ProvidesSampler;
import dev.transom.api.sampler.Sampler;
import dev.transom.api.sampler.SamplingOptions;
import java.util.Set;
import org.osgi.service.component.annotations.Component;

/**
 * Makes tokens that occur in the row less likely (Keskar et al. 2019, "CTRL"): each distinct token once, a positive logit is
 * divided by the penalty, a negative one multiplied. 1 does nothing, below 1 rewards repetition.
 */
@Component
@ProvidesSampler(name = "repetition_penalty")
public final class RepetitionPenalty implements Sampler {

    @Override
    public String name() {
        return "repetition_penalty";
    }

    @Override
    public Set<String> options() {
        return Set.of("repetition_penalty", Occurrences.LAST_N);
    }

    @Override
    public int order() {
        return 100;
    }

    @Override
    public Step step(SamplingOptions options, Setting setting) {
        double penalty = options.get("repetition_penalty", 1);
        Range.require("repetition_penalty", penalty, penalty > 0 && penalty < Double.POSITIVE_INFINITY, "more than 0",
            "1 does nothing");
        Occurrences occurrences = Occurrences.of(options);
        if (penalty == 1) {
            return null;
        }
        Occurrences.Change change = (logit, _) -> logit < 0 ? logit * penalty : logit / penalty;
        return (logits, history, length) -> occurrences.change(logits, history, length, change);
    }
}
