package dev.transom.samplers.internal;

import dev.transom.api.capability.ProvidesSampler;
import dev.transom.api.sampler.Sampler;
import dev.transom.api.sampler.SamplingOptions;
import org.osgi.service.component.annotations.Component;

/** Removes tokens as the first of an answer. Option {@code begin_suppress_tokens}: phrases of one token. */
@Component
@ProvidesSampler(name = "begin_suppress_tokens")
public final class BeginSuppressTokens implements Sampler {

    @Override
    public String name() {
        return "begin_suppress_tokens";
    }

    @Override
    public int order() {
        return 195;
    }

    @Override
    public Step step(SamplingOptions options, Setting setting) {
        int[] ids = Phrases.of("begin_suppress_tokens", options, setting).single("begin_suppress_tokens");
        return ids.length == 0 ? null : (logits, _, length) -> {
            if (length == setting.prompt()) {
                Tokens.remove(logits, ids);
            }
        };
    }
}
