package dev.transom.samplers.internal;

import dev.transom.api.capability.ProvidesSampler;
import dev.transom.api.sampler.Sampler;
import dev.transom.api.sampler.SamplingOptions;
import java.util.Set;
import org.osgi.service.component.annotations.Component;

/**
 * Steers the surprise of the text towards a target (Basu et al. 2020, "Mirostat"; version 2, as llama.cpp has it): see
 * {@link MirostatStep}. Options: {@code mirostat} 2 (0 is off), {@code mirostat_tau} the target in bits, {@code mirostat_eta} the rate,
 * {@code mirostat_mu} where the bound starts, 2 · tau if not given.
 */
@Component
@ProvidesSampler(name = "mirostat")
public final class Mirostat implements Sampler {

    @Override
    public String name() {
        return "mirostat";
    }

    @Override
    public Set<String> options() {
        return Set.of("mirostat", "mirostat_tau", "mirostat_eta", "mirostat_mu");
    }

    @Override
    public int order() {
        return 800;
    }

    @Override
    public Step step(SamplingOptions options, Setting setting) {
        int version = Range.whole("mirostat", options.get("mirostat", 0), 0, "0 does nothing");
        Range.require("mirostat", version, version == 0 || version == 2, "0 or 2", "Version 1 is not offered; 2 replaces it");
        double tau = options.get("mirostat_tau", 5);
        Range.require("mirostat_tau", tau, tau > 0 && tau < Double.POSITIVE_INFINITY, "more than 0", "5 is usual");
        double eta = options.get("mirostat_eta", 0.1);
        Range.require("mirostat_eta", eta, eta > 0 && eta < Double.POSITIVE_INFINITY, "more than 0", "0.1 is usual");
        double mu = options.get("mirostat_mu", 2 * tau);
        Range.require("mirostat_mu", mu, Double.isFinite(mu), "a finite number", "Leave it out for twice mirostat_tau");
        return version == 0 || options.greedy() ? null : new MirostatStep(tau, eta, mu);
    }
}
