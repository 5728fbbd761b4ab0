package dev.transom.samplers.internal;

import dev.transom.api.capability.ProvidesSampler;
import dev.transom.api.sampler.Sampler;
import dev.transom.api.sampler.SamplingOptions;
import org.osgi.service.component.annotations.Component;

/**
 * Makes tokens that occur in the row less likely (Keskar et al. 2019, "CTRL"): each distinct token once, a positive logit is
 * divided by the penalty, a negative one multiplied. 1 does nothing, below 1 rewards repetition.
 */
@Component
@ProvidesSampler(name = "repetition_penalty")
public final class RepetitionPenalty implements Sampler {

    @Override
    public String name() {
        return "repetition_penalty";
    }

    @Override
    public int order() {
        return 100;
    }

    @Override
    public Step step(SamplingOptions options) {
        double penalty = options.get("repetition_penalty", 1);
        Range.require("repetition_penalty", penalty, penalty > 0 && penalty < Double.POSITIVE_INFINITY, "more than 0",
            "1 does nothing");
        return penalty == 1 ? null : new PenalisedStep(penalty);
    }

    /** Remembers in which call an id was last seen, so that each counts once without a set. */
    private static final class PenalisedStep implements Step {

        private final double penalty;
        private int[] seen = new int[0];
        private int call;

        PenalisedStep(double penalty) {
            this.penalty = penalty;
        }

        @Override
        public void apply(float[] logits, int[] history, int length) {
            if (seen.length != logits.length) {
                seen = new int[logits.length];
                call = 0;
            }
            call++;
            for (int i = 0; i < length; i++) {
                int id = history[i];
                if (id >= 0 && id < logits.length && seen[id] != call) {
                    seen[id] = call;
                    logits[id] = (float) (logits[id] < 0 ? logits[id] * penalty : logits[id] / penalty);
                }
            }
        }
    }
}
