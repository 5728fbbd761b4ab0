package dev.transom.samplers.internal;

import dev.transom.api.capability.ProvidesSampler;
import dev.transom.api.sampler.Sampler;
import dev.transom.api.sampler.SamplingOptions;
import org.osgi.service.component.annotations.Component;

/** Removes the ids that end an answer until the row has so many tokens, the prompt not counted. 0 does nothing. */
@Component
@ProvidesSampler(name = "min_new_tokens")
public final class MinNewTokens implements Sampler {

    @Override
    public String name() {
        return "min_new_tokens";
    }

    @Override
    public int order() {
        return 165;
    }

    @Override
    public Step step(SamplingOptions options, Setting setting) {
        int least = Range.whole("min_new_tokens", options.get("min_new_tokens", 0), 0, "0 does nothing");
        int[] ends = setting.stopIds().stream().mapToInt(Integer::intValue).toArray();
        return least == 0 || ends.length == 0 ? null : (logits, _, length) -> {
            if (length - setting.prompt() < least) {
                Tokens.remove(logits, ends);
            }
        };
    }
}
