package dev.transom.samplers.internal;

import dev.transom.api.capability.ProvidesSampler;
import dev.transom.api.sampler.Sampler;
import dev.transom.api.sampler.SamplingOptions;
import org.osgi.service.component.annotations.Component;

/** Forces the last token that a row may have, so that an answer at its limit still ends properly. */
@Component
@ProvidesSampler(name = "forced_eos_token_id")
public final class ForcedEnd implements Sampler {

    @Override
    public String name() {
        return "forced_eos_token_id";
    }

    @Override
    public int order() {
        return 175;
    }

    @Override
    public Step step(SamplingOptions options, Setting setting) {
        int id = Tokens.id("forced_eos_token_id", options.get("forced_eos_token_id", -1), setting.vocabulary());
        return id < 0 ? null : (logits, _, length) -> {
            if (length == setting.longest() - 1) {
                Tokens.force(logits, id);
            }
        };
    }
}
