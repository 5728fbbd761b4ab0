package dev.transom.samplers.internal;

import dev.transom.api.sampler.Sampler;
import dev.transom.api.sampler.SamplingOptions;
import jakarta.json.JsonArray;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** One case: which steps it asks for and whether they are installed. */
final class SamplerCase {

    private final JsonObject entry;
    private final List<Sampler> steps = new ArrayList<>();
    private SamplingOptions options = SamplingOptions.NONE;
    private String missing;

    SamplerCase(JsonObject entry, List<Sampler> installed) {
        this.entry = entry;
        JsonObject params = entry.getJsonObject("params");
        if (params.containsKey("order")) {
            chain(params.getJsonArray("order"), params.getJsonArray("values"), installed);
        } else {
            single(params, installed);
        }
    }

    /** The step that is not installed. */
    Optional<String> missing() {
        return Optional.ofNullable(missing);
    }

    boolean probabilities() {
        return entry.getString("kind").equals("probabilities");
    }

    /** The steps in order. */
    List<Sampler.Step> steps() {
        return steps.stream().map(sampler -> sampler.step(options)).filter(Objects::nonNull).toList();
    }

    /** Parameters are options of one step, or of steps in their usual order. */
    private void single(JsonObject params, List<Sampler> installed) {
        for (var param : params.entrySet()) {
            if (param.getKey().equals("history")) {
                continue;
            }
            Optional<Sampler> reader = reader(installed, param.getKey());
            if (reader.isEmpty() || !(param.getValue() instanceof JsonNumber value)) {
                missing = name(param.getKey());
                return;
            }
            options = options.with(param.getKey(), value.doubleValue());
            reader.filter(sampler -> !steps.contains(sampler)).ifPresent(steps::add);
        }
        // A step's further options, min_tokens_to_keep for one, choose no step.
        steps.removeIf(sampler -> !params.containsKey(sampler.name()));
        steps.sort(Comparator.comparingInt(Sampler::order));
        if (steps.isEmpty() && !probabilities()) {
            missing = name("");
        }
    }

    /** A chain names its steps in the order in which they apply, and their values beside. */
    private void chain(JsonArray order, JsonArray values, List<Sampler> installed) {
        for (int i = 0; i < order.size(); i++) {
            String step = ((JsonString) order.get(i)).getString();
            if (step.equals("softmax")) {
                continue;
            }
            Optional<Sampler> reader = reader(installed, step);
            if (reader.isEmpty()) {
                missing = step.replaceAll("[( ].*", "");
                return;
            }
            JsonValue value = values.get(i);
            options = options.with(step, ((JsonNumber) value).doubleValue());
            steps.add(reader.get());
        }
    }

    private static Optional<Sampler> reader(List<Sampler> installed, String option) {
        return installed.stream().filter(sampler -> sampler.name().equals(option)).findFirst()
            .or(() -> installed.stream().filter(sampler -> sampler.options().contains(option)).findFirst());
    }

    /** What people call the step: the parameter if it is called like the case, else the case without its numbers. */
    private String name(String parameter) {
        String stem = entry.getString("case").replaceFirst("\\.\\d+$", "").replaceFirst("_[0-9.].*$", "");
        String start = stem.substring(0, Math.min(4, stem.length()));
        return !parameter.isEmpty() && parameter.startsWith(start) ? parameter : stem;
    }
}
