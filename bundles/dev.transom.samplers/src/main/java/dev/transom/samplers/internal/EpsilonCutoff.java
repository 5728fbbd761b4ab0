package dev.transom.samplers.internal;

import dev.transom.api.capability.ProvidesSampler;
import dev.transom.api.sampler.Sampler;
import dev.transom.api.sampler.SamplingOptions;
import java.util.Set;
import org.osgi.service.component.annotations.Component;

/**
 * Removes tokens whose probability is below a fixed one (Hewitt et al. 2022, "Truncation sampling as language model desmoothing"; as
 * transformers' EpsilonLogitsWarper). 0 keeps all.
 */
@Component
@ProvidesSampler(name = "epsilon_cutoff")
public final class EpsilonCutoff implements Sampler {

    @Override
    public String name() {
        return "epsilon_cutoff";
    }

    @Override
    public Set<String> options() {
        return Set.of("epsilon_cutoff", TopP.KEEP);
    }

    @Override
    public int order() {
        return 650;
    }

    @Override
    public Step step(SamplingOptions options, Setting setting) {
        double epsilon = options.get("epsilon_cutoff", 0);
        Range.require("epsilon_cutoff", epsilon, epsilon >= 0 && epsilon < 1, "0 or more and below 1", "0 keeps all tokens");
        int keep = Range.whole(TopP.KEEP, options.get(TopP.KEEP, 1), 1, "1 keeps the most likely token");
        if (epsilon == 0 || options.greedy()) {
            return null;
        }
        Ranking ranking = new Ranking();
        return (logits, _, _) -> {
            if (ranking.rank(logits) > keep) {
                ranking.removeBelow(logits, epsilon, keep);
            }
        };
    }
}
