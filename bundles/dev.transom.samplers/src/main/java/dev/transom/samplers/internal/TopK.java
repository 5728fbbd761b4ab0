package dev.transom.samplers.internal;

import dev.transom.api.capability.ProvidesSampler;
import dev.transom.api.sampler.Sampler;
import dev.transom.api.sampler.SamplingOptions;
import org.osgi.service.component.annotations.Component;

/**
 * Keeps the k largest logits, and those that equal the k-th (Fan et al. 2018, "Hierarchical neural story generation"; ties as
 * transformers' TopKLogitsWarper has them). 0 keeps all.
 */
@Component
@ProvidesSampler(name = "top_k")
public final class TopK implements Sampler {

    @Override
    public String name() {
        return "top_k";
    }

    @Override
    public int order() {
        return 300;
    }

    @Override
    public Step step(SamplingOptions options, Setting setting) {
        int k = Range.whole("top_k", options.get("top_k", 0), 0, "0 keeps all tokens");
        if (k == 0 || options.greedy()) {
            return null;
        }
        if (k <= LargestOf.MOST) {
            LargestOf largest = new LargestOf(k);
            return (logits, _, _) -> keep(logits, largest.least(logits));
        }
        Ranking ranking = new Ranking();
        return (logits, _, _) -> {
            if (ranking.rank(logits) > k) {
                keep(logits, logits[ranking.best(logits, k)]);
            }
        };
    }

    private static void keep(float[] logits, float least) {
        for (int i = 0; i < logits.length; i++) {
            if (logits[i] < least) {
                logits[i] = Float.NEGATIVE_INFINITY;
            }
        }
    }
}
