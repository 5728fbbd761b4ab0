package dev.transom.samplers.internal;

import dev.transom.api.capability.ProvidesSampler;
import dev.transom.api.sampler.Sampler;
import dev.transom.api.sampler.SamplingOptions;
import java.util.Set;
import org.osgi.service.component.annotations.Component;

/**
 * Makes the end of an answer exponentially likelier once it has {@code exponential_decay_start} tokens (as transformers'
 * ExponentialDecayLengthPenalty): the logit of each end grows by |logit| · (factor^n − 1), n tokens beyond. 1 does nothing.
 */
@Component
@ProvidesSampler(name = "exponential_decay_factor")
public final class ExponentialDecay implements Sampler {

    @Override
    public String name() {
        return "exponential_decay_factor";
    }

    @Override
    public Set<String> options() {
        return Set.of("exponential_decay_factor", "exponential_decay_start");
    }

    @Override
    public int order() {
        return 180;
    }

    @Override
    public Step step(SamplingOptions options, Setting setting) {
        double factor = options.get("exponential_decay_factor", 1);
        Range.require("exponential_decay_factor", factor, factor > 0 && factor < Double.POSITIVE_INFINITY, "more than 0",
            "1 does nothing");
        int start = Range.whole("exponential_decay_start", options.get("exponential_decay_start", 0), 0,
            "0 starts with the answer");
        int[] ends = setting.stopIds().stream().mapToInt(Integer::intValue).toArray();
        return factor == 1 || ends.length == 0 ? null : (logits, _, length) -> {
            int beyond = length - setting.prompt() - start;
            for (int i = 0; i < ends.length && beyond > 0; i++) {
                int id = ends[i];
                if (id < logits.length && logits[id] > Float.NEGATIVE_INFINITY) {
                    logits[id] = (float) Math.min(Float.MAX_VALUE, logits[id] + Math.abs(logits[id]) * (Math.pow(factor, beyond) - 1));
                }
            }
        };
    }
}
