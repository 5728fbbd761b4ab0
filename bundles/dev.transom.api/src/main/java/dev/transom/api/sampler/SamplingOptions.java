package dev.transom.api.sampler;

import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Options of all sampling steps by name, so that a plugin's step has options like the built-in ones: {@code temperature},
 * {@code top_k}, {@code top_p}, {@code min_p}, {@code repetition_penalty}, …
 *
 * @param values numbers by name
 */
public record SamplingOptions(SortedMap<String, Double> values) {

    /** No step does anything: greedy when temperature is 0, else the model's own distribution. */
    public static final SamplingOptions NONE = new SamplingOptions(new TreeMap<>());
    /** Always the most likely token. */
    public static final SamplingOptions GREEDY = NONE.with("temperature", 0);

    public SamplingOptions {
        values = Collections.unmodifiableSortedMap(new TreeMap<>(values));
    }

    public static SamplingOptions of(Map<String, Double> values) {
        return new SamplingOptions(new TreeMap<>(values));
    }

    public Optional<Double> get(String name) {
        return Optional.ofNullable(values.get(name));
    }

    public double get(String name, double otherwise) {
        return values.getOrDefault(name, otherwise);
    }

    public SamplingOptions with(String name, double value) {
        SortedMap<String, Double> changed = new TreeMap<>(values);
        changed.put(name, value);
        return new SamplingOptions(changed);
    }

    /** Whether the most likely token is always taken. */
    public boolean greedy() {
        return get("temperature", 1) == 0;
    }
}
