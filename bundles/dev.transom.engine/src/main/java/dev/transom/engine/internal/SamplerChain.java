package dev.transom.engine.internal;

import dev.transom.api.MissingCapabilityException;
import dev.transom.api.capability.ProvidesSampler;
import dev.transom.api.sampler.Sampler;
import dev.transom.api.sampler.SamplingOptions;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;

/** Makes a request's sampling steps from the samplers that are installed now. */
record SamplerChain(List<Sampler> samplers) {

    Sampler.Step[] steps(SamplingOptions options) {
        for (String option : options.values().keySet()) {
            // Temperature 0 needs no step: it is the engine's own choice of the most likely token.
            boolean greedy = option.equals("temperature") && options.greedy();
            if (!greedy && samplers.stream().noneMatch(sampler -> sampler.options().contains(option))) {
                throw missing(option);
            }
        }
        return samplers.stream().sorted(Comparator.comparingInt(Sampler::order).thenComparing(Sampler::name))
            .map(sampler -> sampler.step(options)).filter(Objects::nonNull).toArray(Sampler.Step[]::new);
    }

    private MissingCapabilityException missing(String option) {
        return new MissingCapabilityException("option " + option + ": a sampling step that reads it must be installed; there are "
            + samplers.stream().map(Sampler::name).sorted().toList() + ".", ProvidesSampler.NAMESPACE, "name", option);
    }
}
