package dev.transom.conformance.architecture;

import dev.transom.api.backend.PlanOptions.Numerics;
import dev.transom.api.config.Config;
import dev.transom.api.conformance.CaseKit.Comparison;
import dev.transom.api.conformance.CaseKit.Judged;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Collects the comparisons of one case, so that no expected tensor is forgotten. Belongs to one thread. */
public final class Judgement {

    /** How much farther from the reference approximations may be where a case names no bound of their own. */
    private static final double FAST_SLACK = 3;

    private final Config json;
    private final TensorFile expected;
    private final double slack;
    private final Set<String> seen = new HashSet<>();
    private final List<Comparison> comparisons = new ArrayList<>();
    private final List<String> skipped = new ArrayList<>();

    /**
     * @param json     the case's case.json
     * @param expected its reference results
     * @param numerics fast may be {@value #FAST_SLACK} times as far off as a case allows
     */
    public Judgement(Config json, TensorFile expected, Numerics numerics) {
        this.json = json;
        this.expected = expected;
        this.slack = numerics == Numerics.FAST ? FAST_SLACK : 1;
    }

    public Config json() {
        return json;
    }

    public TensorFile expected() {
        return expected;
    }

    /** Names of expected tensors that were not compared yet. */
    public List<String> open() {
        return expected.names().stream().filter(name -> !seen.contains(name)).toList();
    }

    /** Compares an expected tensor within the tolerance that the case gives it. */
    public void compare(String item, double difference) {
        compare(item, difference, tolerance(item));
    }

    public void compare(String item, double difference, double tolerance) {
        seen.add(item);
        comparisons.add(new Comparison(item, difference, slack * tolerance));
    }

    /** Compares within a bound that already knows the numerics. */
    public void compareWithin(String item, double difference, double bound) {
        seen.add(item);
        comparisons.add(new Comparison(item, difference, bound));
    }

    /** Leaves out what nothing here can compute yet. */
    public void skip(String prefix, String reason) {
        open().stream().filter(name -> name.startsWith(prefix)).forEach(name -> {
            seen.add(name);
            skipped.add(name + ": " + reason);
        });
    }

    /** Whatever was not compared fails: the model has no such output. */
    public void rest() {
        open().forEach(name -> compare(name, Double.POSITIVE_INFINITY));
    }

    public Judged verdict(String name) {
        return new Judged(name, comparisons, skipped);
    }

    /** The tensor's own tolerance, or the case's. */
    private double tolerance(String item) {
        return json.object("tolerances").filter(own -> own.has(item)).map(own -> own.real(item, 0))
            .orElseGet(() -> json.values().get("tolerance") instanceof Number all ? all.doubleValue() : 0.0);
    }
}
