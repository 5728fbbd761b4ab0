package dev.transom.samplers.internal;

import dev.transom.api.capability.ProvidesSampler;
import dev.transom.api.sampler.Sampler;
import dev.transom.api.sampler.SamplingOptions;
import java.util.Set;
import org.osgi.service.component.annotations.Component;

/**
 * Excludes top choices, for variety (p-e-w 2024, as llama.cpp has it): with {@code xtc_probability}, all tokens that have at least
 * {@code xtc_threshold} go, except the least likely of them. Nothing happens with a threshold above 0.5, where at most one token can
 * have so much.
 */
@Component
@ProvidesSampler(name = "xtc_probability")
public final class Xtc implements Sampler {

    @Override
    public String name() {
        return "xtc_probability";
    }

    @Override
    public Set<String> options() {
        return Set.of("xtc_probability", "xtc_threshold");
    }

    @Override
    public int order() {
        return 700;
    }

    @Override
    public Step step(SamplingOptions options, Setting setting) {
        double probability = options.get("xtc_probability", 0);
        Range.require("xtc_probability", probability, probability >= 0 && probability <= 1, "between 0 and 1", "0 does nothing");
        double threshold = options.get("xtc_threshold", 0.1);
        Range.require("xtc_threshold", threshold, threshold >= 0 && threshold <= 1, "between 0 and 1", "above 0.5 does nothing");
        if (probability == 0 || threshold > 0.5 || options.greedy()) {
            return null;
        }
        Ranking ranking = new Ranking();
        return (logits, _, length) -> {
            if (setting.random().at("xtc", length) <= probability && ranking.rank(logits) > 1) {
                ranking.removeAbove(logits, threshold);
            }
        };
    }
}
