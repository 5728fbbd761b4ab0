package dev.transom.app.conform.internal;

import dev.transom.api.conformance.CaseKit.Comparison;
import dev.transom.api.conformance.CaseKit.Judged;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Collects the comparisons of one case, so that no expected tensor is forgotten. */
final class Judgement {

    private final JsonObject json;
    private final TensorFile expected;
    private final Set<String> seen = new HashSet<>();
    private final List<Comparison> comparisons = new ArrayList<>();
    private final List<String> skipped = new ArrayList<>();

    Judgement(JsonObject json, TensorFile expected) {
        this.json = json;
        this.expected = expected;
    }

    JsonObject json() {
        return json;
    }

    TensorFile expected() {
        return expected;
    }

    /** Names of expected tensors that were not compared yet. */
    List<String> open() {
        return expected.names().stream().filter(name -> !seen.contains(name)).toList();
    }

    /** Compares an expected tensor within the tolerance that the case gives it. */
    void compare(String item, double difference) {
        compare(item, difference, tolerance(item));
    }

    void compare(String item, double difference, double tolerance) {
        seen.add(item);
        comparisons.add(new Comparison(item, difference, tolerance));
    }

    /** Beam search is not there yet. */
    void skipBeams() {
        open().stream().filter(name -> name.startsWith("beam.")).forEach(name -> {
            seen.add(name);
            skipped.add(name + ": there is no beam search");
        });
    }

    /** Whatever was not compared fails: the model has no such output. */
    void rest() {
        open().forEach(name -> compare(name, Double.POSITIVE_INFINITY));
    }

    Judged verdict(String name) {
        return new Judged(name, comparisons, skipped);
    }

    private double tolerance(String item) {
        JsonObject tolerances = json.getJsonObject("tolerances");
        return tolerances != null && tolerances.containsKey(item) ? tolerances.getJsonNumber(item).doubleValue()
            : json.get("tolerance") instanceof JsonValue value && value.getValueType() == JsonValue.ValueType.NUMBER
                ? json.getJsonNumber("tolerance").doubleValue() : 0;
    }
}
