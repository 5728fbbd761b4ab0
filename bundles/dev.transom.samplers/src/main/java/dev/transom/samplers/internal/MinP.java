package dev.transom.samplers.internal;

import dev.transom.api.capability.ProvidesSampler;
import dev.transom.api.sampler.Sampler;
import dev.transom.api.sampler.SamplingOptions;
import java.util.Set;
import org.osgi.service.component.annotations.Component;

/**
 * Removes tokens whose probability is below {@code min_p} times that of the most likely one (Nguyen et al. 2024, "Turning up the
 * heat: min-p sampling"). In logits: l − max &lt; ln min_p, so no softmax is needed. 0 keeps all.
 */
@Component
@ProvidesSampler(name = "min_p")
public final class MinP implements Sampler {

    @Override
    public String name() {
        return "min_p";
    }

    @Override
    public Set<String> options() {
        return Set.of("min_p", TopP.KEEP);
    }

    @Override
    public int order() {
        return 500;
    }

    @Override
    public Step step(SamplingOptions options, Setting setting) {
        double share = options.get("min_p", 0);
        Range.require("min_p", share, share >= 0 && share <= 1, "between 0 and 1", "0 keeps all tokens");
        int keep = Range.whole(TopP.KEEP, options.get(TopP.KEEP, 1), 1, "1 keeps the most likely token");
        if (share == 0 || options.greedy()) {
            return null;
        }
        double distance = Math.log(share);
        Ranking ranking = new Ranking();
        return (logits, _, _) -> {
            int count = ranking.rank(logits);
            if (count <= keep) {
                return;
            }
            float worstKept = logits[ranking.best(logits, keep)];
            double least = Math.min(worstKept, ranking.largest() + distance);
            for (int i = 0; i < logits.length; i++) {
                if (logits[i] < least) {
                    logits[i] = Float.NEGATIVE_INFINITY;
                }
            }
        };
    }
}
