package dev.transom.app.conform.internal;

import dev.transom.api.conformance.CaseKit.Broken;
import dev.transom.api.conformance.CaseKit.Comparison;
import dev.transom.api.conformance.CaseKit.Judged;
import dev.transom.api.conformance.CaseKit.Missing;
import dev.transom.api.conformance.CaseKit.Verdict;
import java.io.PrintWriter;
import java.util.Locale;

/** Prints verdicts as they come and counts them. */
final class Report {

    private final PrintWriter out;
    private final boolean verbose;
    private int passed;
    private int failed;
    private int missing;
    private int skipped;

    Report(PrintWriter out, boolean verbose) {
        this.out = out;
        this.verbose = verbose;
    }

    void accept(String prefix, Verdict verdict) {
        String name = prefix.isEmpty() || verdict.name().isEmpty() ? prefix + verdict.name() : prefix + " " + verdict.name();
        switch (verdict) {
            case Judged judged -> judged(name, judged);
            case Missing(String _, String what) -> {
                missing++;
                out.printf("%s: missing %s%n", name, what);
            }
            case Broken(String _, String sentence) -> {
                failed++;
                out.printf("%s: FAILED%n    %s%n", name, sentence);
            }
        }
        out.flush();
    }

    void count() {
        if (skipped > 0) {
            out.printf("%d expected items skipped%n", skipped);
        }
        out.printf("%d passed, %d failed, %d missing%n", passed, failed, missing);
    }

    boolean clean() {
        return failed == 0 && missing == 0;
    }

    private void judged(String name, Judged judged) {
        if (judged.passed()) {
            passed++;
        } else {
            failed++;
        }
        skipped += judged.skipped().size();
        out.printf("%s: %s%s%n", name, judged.passed() ? "passed" : "FAILED",
            judged.skipped().isEmpty() ? "" : ", " + judged.skipped().size() + " skipped");
        for (Comparison comparison : judged.comparisons()) {
            out.printf(Locale.ROOT, "    %-40s %9.2e of %9.2e%s%n", comparison.item(), comparison.difference(),
                comparison.tolerance(), comparison.passed() ? "" : "  FAILED");
        }
        if (verbose) {
            judged.skipped().forEach(item -> out.printf("    %s%n", item));
        }
    }
}
