package dev.transom.samplers.internal;

import dev.transom.api.capability.ProvidesSampler;
import dev.transom.api.sampler.Sampler;
import dev.transom.api.sampler.SamplingOptions;
import java.util.Set;
import org.osgi.service.component.annotations.Component;

/**
 * Keeps the tokens whose surprise is nearest to the entropy until their probability reaches {@code typical_p} (Meister et al. 2022,
 * "Locally typical sampling"; as transformers' TypicalLogitsWarper). 1 keeps all.
 */
@Component
@ProvidesSampler(name = "typical_p")
public final class TypicalP implements Sampler {

    @Override
    public String name() {
        return "typical_p";
    }

    @Override
    public Set<String> options() {
        return Set.of("typical_p", TopP.KEEP);
    }

    @Override
    public int order() {
        return 600;
    }

    @Override
    public Step step(SamplingOptions options, Setting setting) {
        double mass = options.get("typical_p", 1);
        Range.require("typical_p", mass, mass > 0 && mass <= 1, "more than 0 and at most 1", "1 keeps all tokens");
        int keep = Range.whole(TopP.KEEP, options.get(TopP.KEEP, 1), 1, "1 keeps the most typical token");
        return mass == 1 || options.greedy() ? null : new Typical(mass, keep);
    }

    /** Ranks tokens by |−ln p − H|, the nearest first. */
    private static final class Typical implements Step {

        private final double mass;
        private final int keep;
        private final Ranking ranking = new Ranking();
        private float[] nearness = new float[0];

        Typical(double mass, int keep) {
            this.mass = mass;
            this.keep = keep;
        }

        @Override
        public void apply(float[] logits, int[] history, int length) {
            if (ranking.rank(logits) <= keep) {
                return;
            }
            if (nearness.length != logits.length) {
                nearness = new float[logits.length];
            }
            double entropy = ranking.entropy(logits);
            for (int i = 0; i < logits.length; i++) {
                nearness[i] = (float) -Math.abs(-ranking.logProbability(logits[i]) - entropy);
            }
            ranking.removeTail(nearness, logits, 1 - mass, keep);
        }
    }
}
