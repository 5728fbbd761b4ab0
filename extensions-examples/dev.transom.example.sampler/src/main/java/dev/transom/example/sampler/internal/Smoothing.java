package dev.transom.example.sampler.internal;

import dev.transom.api.TransomException;
import dev.transom.api.capability.ProvidesSampler;
import dev.transom.api.sampler.Sampler;
import dev.transom.api.sampler.SamplingOptions;
import org.osgi.service.component.annotations.Component;

/**
 * Quadratic smoothing: z' = m − f · (m − z)² with m the largest logit and f the option {@code smoothing_factor}. Tokens closer to the
 * best than 1 / f come closer still, all others fall behind; none is removed. 0 leaves the logits alone.
 */
@Component
@ProvidesSampler(name = Smoothing.NAME)
public final class Smoothing implements Sampler {

    static final String NAME = "smoothing_factor";

    /** After temperature (200), before the steps that cut (from 250). */
    private static final int ORDER = 210;

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public int order() {
        return ORDER;
    }

    @Override
    public Step step(SamplingOptions options, Setting setting) {
        double factor = options.get(NAME, 0);
        if (!(factor >= 0 && factor < Double.POSITIVE_INFINITY)) {
            throw new TransomException("option " + NAME + ": it must be 0 or more; got " + factor + ". 0 leaves the logits alone.");
        }
        // It keeps the order of tokens, so it has no effect on a greedy request.
        return factor == 0 || options.greedy() ? null : (logits, _, _) -> smooth(logits, factor);
    }

    private static void smooth(float[] logits, double factor) {
        float largest = Float.NEGATIVE_INFINITY;
        for (float logit : logits) {
            largest = Math.max(largest, logit);
        }
        for (int i = 0; i < logits.length; i++) {
            if (logits[i] > Float.NEGATIVE_INFINITY) { // what another step removed stays removed
                double distance = (double) largest - logits[i];
                logits[i] = (float) (largest - factor * distance * distance);
            }
        }
    }
}
