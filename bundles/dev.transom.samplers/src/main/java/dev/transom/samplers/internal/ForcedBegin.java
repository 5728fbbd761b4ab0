package dev.transom.samplers.internal;

import dev.transom.api.capability.ProvidesSampler;
import dev.transom.api.sampler.Sampler;
import dev.transom.api.sampler.SamplingOptions;
import org.osgi.service.component.annotations.Component;

/** Forces the second token of a row whose prompt is one token (an encoder-decoder's start), mBART's language for one. */
@Component
@ProvidesSampler(name = "forced_bos_token_id")
public final class ForcedBegin implements Sampler {

    @Override
    public String name() {
        return "forced_bos_token_id";
    }

    @Override
    public int order() {
        return 170;
    }

    @Override
    public Step step(SamplingOptions options, Setting setting) {
        int id = Tokens.id("forced_bos_token_id", options.get("forced_bos_token_id", -1), setting.vocabulary());
        return id < 0 ? null : (logits, _, length) -> {
            if (length == 1) {
                Tokens.force(logits, id);
            }
        };
    }
}
