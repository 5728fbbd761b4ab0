package dev.transom.samplers.internal;

import dev.transom.api.capability.ProvidesSampler;
import dev.transom.api.sampler.Sampler;
import dev.transom.api.sampler.SamplingOptions;
import org.osgi.service.component.annotations.Component;

/**
 * Keeps the logits within n standard deviations (of the logits that are left, population) of the largest (Tang et al. 2024, "Top-nσ:
 * not all logits are you need"). 0 keeps all.
 */
@Component
@ProvidesSampler(name = "top_n_sigma")
public final class TopNSigma implements Sampler {

    @Override
    public String name() {
        return "top_n_sigma";
    }

    @Override
    public int order() {
        return 250;
    }

    @Override
    public Step step(SamplingOptions options, Setting setting) {
        double n = options.get("top_n_sigma", 0);
        Range.require("top_n_sigma", n, n >= 0 && n < Double.POSITIVE_INFINITY, "0 or more", "0 keeps all tokens");
        return n == 0 || options.greedy() ? null : (logits, _, _) -> {
            double least = least(logits, n);
            for (int i = 0; i < logits.length; i++) {
                if (logits[i] < least) {
                    logits[i] = Float.NEGATIVE_INFINITY;
                }
            }
        };
    }

    private static double least(float[] logits, double n) {
        double largest = Double.NEGATIVE_INFINITY;
        double sum = 0;
        int count = 0;
        for (float logit : logits) {
            if (logit > Float.NEGATIVE_INFINITY) {
                largest = Math.max(largest, logit);
                sum += logit;
                count++;
            }
        }
        double mean = sum / count;
        double squares = 0;
        for (float logit : logits) {
            if (logit > Float.NEGATIVE_INFINITY) {
                squares += (logit - mean) * (logit - mean);
            }
        }
        return largest - n * Math.sqrt(squares / count);
    }
}
