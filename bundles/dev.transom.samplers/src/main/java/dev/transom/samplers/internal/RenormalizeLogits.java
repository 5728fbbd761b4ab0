package dev.transom.samplers.internal;

import dev.transom.api.capability.ProvidesSampler;
import dev.transom.api.sampler.Sampler;
import dev.transom.api.sampler.SamplingOptions;
import org.osgi.service.component.annotations.Component;

/** Turns logits into log-probabilities (as transformers' LogitNormalization): what is drawn does not change. 0 does nothing. */
@Component
@ProvidesSampler(name = "renormalize_logits")
public final class RenormalizeLogits implements Sampler {

    @Override
    public String name() {
        return "renormalize_logits";
    }

    @Override
    public int order() {
        return 900;
    }

    @Override
    public Step step(SamplingOptions options, Setting setting) {
        if (options.get("renormalize_logits", 0) == 0) {
            return null;
        }
        Ranking ranking = new Ranking();
        return (logits, _, _) -> {
            if (ranking.rank(logits) > 0) {
                double sum = ranking.logSum(logits);
                for (int i = 0; i < logits.length; i++) {
                    logits[i] = (float) (logits[i] - sum);
                }
            }
        };
    }
}
