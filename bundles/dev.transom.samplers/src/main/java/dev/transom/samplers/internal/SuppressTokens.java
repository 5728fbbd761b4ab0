package dev.transom.samplers.internal;

import dev.transom.api.capability.ProvidesSampler;
import dev.transom.api.sampler.Sampler;
import dev.transom.api.sampler.SamplingOptions;
import org.osgi.service.component.annotations.Component;

/** Removes tokens, always. Option {@code suppress_tokens}: phrases of one token. */
@Component
@ProvidesSampler(name = "suppress_tokens")
public final class SuppressTokens implements Sampler {

    @Override
    public String name() {
        return "suppress_tokens";
    }

    @Override
    public int order() {
        return 190;
    }

    @Override
    public Step step(SamplingOptions options, Setting setting) {
        int[] ids = Phrases.of("suppress_tokens", options, setting).single("suppress_tokens");
        return ids.length == 0 ? null : (logits, _, _) -> Tokens.remove(logits, ids);
    }
}
