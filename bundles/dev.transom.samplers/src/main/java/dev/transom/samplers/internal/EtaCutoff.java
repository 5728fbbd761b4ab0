package dev.transom.samplers.internal;

import dev.transom.api.capability.ProvidesSampler;
import dev.transom.api.sampler.Sampler;
import dev.transom.api.sampler.SamplingOptions;
import java.util.Set;
import org.osgi.service.component.annotations.Component;

/**
 * Removes tokens whose probability is below min(ε, √ε · exp(−H)), H the entropy (Hewitt et al. 2022, "Truncation sampling as language
 * model desmoothing"; as transformers' EtaLogitsWarper). 0 keeps all.
 */
@Component
@ProvidesSampler(name = "eta_cutoff")
public final class EtaCutoff implements Sampler {

    @Override
    public String name() {
        return "eta_cutoff";
    }

    @Override
    public Set<String> options() {
        return Set.of("eta_cutoff", TopP.KEEP);
    }

    @Override
    public int order() {
        return 660;
    }

    @Override
    public Step step(SamplingOptions options, Setting setting) {
        double epsilon = options.get("eta_cutoff", 0);
        Range.require("eta_cutoff", epsilon, epsilon >= 0 && epsilon < 1, "0 or more and below 1", "0 keeps all tokens");
        int keep = Range.whole(TopP.KEEP, options.get(TopP.KEEP, 1), 1, "1 keeps the most likely token");
        if (epsilon == 0 || options.greedy()) {
            return null;
        }
        Ranking ranking = new Ranking();
        return (logits, _, _) -> {
            if (ranking.rank(logits) > keep) {
                ranking.removeBelow(logits, Math.min(epsilon, Math.sqrt(epsilon) * Math.exp(-ranking.entropy(logits))), keep);
            }
        };
    }
}
