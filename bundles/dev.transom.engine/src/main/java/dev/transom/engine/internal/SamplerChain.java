package dev.transom.engine.internal;

import dev.transom.api.MissingCapabilityException;
import dev.transom.api.TransomException;
import dev.transom.api.capability.ProvidesSampler;
import dev.transom.api.sampler.Sampler;
import dev.transom.api.sampler.Sampler.Setting;
import dev.transom.api.sampler.SamplingOptions;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;

/** Makes a request's sampling steps from the samplers that are installed now. */
record SamplerChain(List<Sampler> samplers) {

    Sampler.Step[] steps(SamplingOptions options, Setting setting) {
        List<Sampler> chosen = options.order().isEmpty() ? usual() : named(options.order());
        for (String option : options.names()) {
            // Temperature 0 needs no step: it is the engine's own choice of the most likely token.
            boolean greedy = option.equals("temperature") && options.greedy();
            if (!greedy && chosen.stream().noneMatch(sampler -> sampler.options().contains(option))) {
                throw unread(option, options.order());
            }
        }
        return chosen.stream().map(sampler -> sampler.step(options, setting)).filter(Objects::nonNull).toArray(Sampler.Step[]::new);
    }

    private List<Sampler> usual() {
        return samplers.stream().sorted(Comparator.comparingInt(Sampler::order).thenComparing(Sampler::name)).toList();
    }

    private List<Sampler> named(List<String> order) {
        List<Sampler> named = new ArrayList<>();
        for (String name : order) {
            Sampler sampler = samplers.stream().filter(candidate -> candidate.name().equals(name)).findFirst()
                .orElseThrow(() -> missing("sampling step " + name + ": it must be installed", name));
            if (named.contains(sampler)) {
                throw new TransomException("sampling step " + name + ": it may stand once in the order; it stands there twice. "
                    + "Leave one out.");
            }
            named.add(sampler);
        }
        return named;
    }

    private RuntimeException unread(String option, List<String> order) {
        for (Sampler sampler : samplers) {
            if (sampler.options().contains(option)) {
                return new TransomException("option " + option + ": its step " + sampler.name() + " must be in the order of steps; it is "
                    + order + ". Add it there or leave the option out.");
            }
        }
        return missing("option " + option + ": a sampling step that reads it must be installed", option);
    }

    private MissingCapabilityException missing(String rule, String name) {
        return new MissingCapabilityException(rule + "; there are " + samplers.stream().map(Sampler::name).sorted().toList() + ".",
            ProvidesSampler.NAMESPACE, "name", name);
    }
}
