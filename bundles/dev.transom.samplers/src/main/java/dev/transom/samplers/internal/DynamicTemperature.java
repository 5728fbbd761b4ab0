package dev.transom.samplers.internal;

import dev.transom.api.sampler.Sampler.Step;
import dev.transom.api.sampler.SamplingOptions;

/**
 * A temperature between {@code temperature − range} and {@code temperature + range}, by the entropy H of the tokens that are left
 * (as llama.cpp's temp_ext): low + (high − low) · (H / ln count)^exponent. The surer the model, the colder.
 */
record DynamicTemperature(double low, double high, double exponent) implements Step {

    /** Option: how far the temperature moves; 0 keeps it fixed. */
    static final String RANGE = "dynatemp_range";
    /** Option: bends the curve; 1 is a straight line. */
    static final String EXPONENT = "dynatemp_exponent";

    /** The step; null when the temperature is fixed. */
    static Step of(SamplingOptions options, double temperature) {
        double range = options.get(RANGE, 0);
        Range.require(RANGE, range, range >= 0 && range < Double.POSITIVE_INFINITY, "0 or more", "0 keeps the temperature fixed");
        double exponent = options.get(EXPONENT, 1);
        Range.require(EXPONENT, exponent, exponent > 0 && exponent < Double.POSITIVE_INFINITY, "more than 0", "1 is a straight line");
        return range == 0 || options.greedy() ? null
            : new DynamicTemperature(Math.max(0, temperature - range), temperature + range, exponent);
    }

    @Override
    public void apply(float[] logits, int[] history, int length) {
        double largest = Double.NEGATIVE_INFINITY;
        int count = 0;
        for (float logit : logits) {
            largest = Math.max(largest, logit);
            count += logit > Float.NEGATIVE_INFINITY ? 1 : 0;
        }
        if (count < 2) {
            return;
        }
        // With e = exp(l − max): H = ln Σe − Σ e (l − max) / Σe.
        double sum = 0;
        double weighted = 0;
        for (float logit : logits) {
            if (logit > Float.NEGATIVE_INFINITY) {
                double part = Math.exp(logit - largest);
                sum += part;
                weighted += part * (logit - largest);
            }
        }
        double entropy = Math.log(sum) - weighted / sum;
        double share = Math.clamp(entropy / Math.log(count), 0, 1);
        // A temperature of 0 would divide by it; this one leaves the most likely token only.
        double temperature = Math.max(1e-6, low + (high - low) * Math.pow(share, exponent));
        for (int i = 0; i < logits.length; i++) {
            logits[i] = (float) ((logits[i] - largest) / temperature + largest / temperature);
        }
    }
}
