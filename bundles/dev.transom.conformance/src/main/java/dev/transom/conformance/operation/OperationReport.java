package dev.transom.conformance.operation;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** What a kit found, case by case. */
public record OperationReport(List<CaseResult> results) {

    public OperationReport {
        results = List.copyOf(results);
    }

    public boolean passed() {
        return results.stream().allMatch(CaseResult::passed);
    }

    /** Every broken contract, one sentence each. */
    public List<String> failures() {
        return results.stream().flatMap(result -> result.broken().stream()).toList();
    }

    /** A table for people: operation, cases, largest relative error of gradients, outcome; then the failures. */
    public String table() {
        Map<String, List<CaseResult>> byOperation = results.stream()
            .collect(Collectors.groupingBy(result -> result.operationCase().operation(), TreeMap::new, Collectors.toList()));
        StringBuilder text = new StringBuilder(line("operation", "cases", "gradient error", "outcome"));
        byOperation.forEach((operation, cases) -> text.append(line(operation, Integer.toString(cases.size()), error(cases),
            cases.stream().allMatch(CaseResult::passed) ? "holds" : "BROKEN")));
        failures().forEach(failure -> text.append(failure).append('\n'));
        return text.toString();
    }

    private static String error(List<CaseResult> cases) {
        double[] errors = cases.stream().mapToDouble(CaseResult::gradientError).filter(error -> !Double.isNaN(error)).toArray();
        return errors.length == 0 ? "none due" : String.format(Locale.ROOT, "%.1e", java.util.Arrays.stream(errors).max().orElse(0));
    }

    private static String line(String operation, String cases, String error, String outcome) {
        return String.format(Locale.ROOT, "%-32s %5s  %-14s  %s%n", operation, cases, error, outcome);
    }
}
