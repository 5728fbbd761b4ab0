package dev.transom.samplers.internal;

import dev.transom.api.sampler.Sampler;
import dev.transom.api.sampler.SamplingOptions;
import jakarta.json.JsonObject;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** One case: which options it asks for, and the installed steps that read them. */
final class SamplerCase {

    private final JsonObject entry;
    private final List<Sampler> installed;
    private final CaseOptions wanted;

    SamplerCase(JsonObject entry, List<Sampler> installed) {
        this.entry = entry;
        this.installed = installed;
        JsonObject params = entry.getJsonObject("params");
        String name = entry.getString("case");
        int vocabulary = Integer.parseInt(size());
        wanted = params.containsKey("order")
            ? new CaseOptions(CaseChain.of(params), CaseOptions.of(name, JsonObject.EMPTY_JSON_OBJECT, vocabulary).setting())
            : CaseOptions.of(name, params, vocabulary);
    }

    /** Size of the vocabulary, as the inputs' names end. */
    String size() {
        String name = entry.getString("case");
        return name.substring(name.lastIndexOf('.') + 1);
    }

    /** An option that no installed step reads. */
    Optional<String> missing() {
        return wanted.options().names().stream().sorted()
            .filter(option -> installed.stream().noneMatch(sampler -> sampler.options().contains(option))).findFirst();
    }

    boolean probabilities() {
        return entry.getString("kind").equals("probabilities");
    }

    /** The steps in order: a chain's own, else the usual one. */
    List<Sampler.Step> steps() {
        SamplingOptions options = wanted.options();
        List<String> order = options.order();
        return installed.stream().filter(sampler -> order.isEmpty() || order.contains(sampler.name()))
            .sorted(Comparator.comparingInt(sampler -> order.isEmpty() ? sampler.order() : order.indexOf(sampler.name())))
            .map(sampler -> sampler.step(options, wanted.setting())).filter(Objects::nonNull).toList();
    }
}
