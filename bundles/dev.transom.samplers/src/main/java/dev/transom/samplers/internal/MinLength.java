package dev.transom.samplers.internal;

import dev.transom.api.capability.ProvidesSampler;
import dev.transom.api.sampler.Sampler;
import dev.transom.api.sampler.SamplingOptions;
import org.osgi.service.component.annotations.Component;

/** Removes the ids that end an answer until the row has so many tokens, prompt included. 0 does nothing. */
@Component
@ProvidesSampler(name = "min_length")
public final class MinLength implements Sampler {

    @Override
    public String name() {
        return "min_length";
    }

    @Override
    public int order() {
        return 160;
    }

    @Override
    public Step step(SamplingOptions options, Setting setting) {
        int least = Range.whole("min_length", options.get("min_length", 0), 0, "0 does nothing");
        int[] ends = setting.stopIds().stream().mapToInt(Integer::intValue).toArray();
        return least == 0 || ends.length == 0 ? null : (logits, _, length) -> {
            if (length < least) {
                Tokens.remove(logits, ends);
            }
        };
    }
}
