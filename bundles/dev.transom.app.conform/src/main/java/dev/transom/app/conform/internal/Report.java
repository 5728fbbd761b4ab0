package dev.transom.app.conform.internal;

import dev.transom.api.conformance.CaseKit.Broken;
import dev.transom.api.conformance.CaseKit.Comparison;
import dev.transom.api.conformance.CaseKit.Judged;
import dev.transom.api.conformance.CaseKit.Missing;
import dev.transom.api.conformance.CaseKit.Verdict;
import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObjectBuilder;
import java.io.PrintWriter;
import java.util.Locale;

/** Prints verdicts as they come, for people or for machines, and counts them. */
final class Report {

    private static final int WIDTH = 44;

    private final PrintWriter out;
    private final boolean verbose;
    private final boolean json;
    private int passed;
    private int failed;
    private int missing;
    private int skipped;

    /**
     * @param verbose also print what was skipped
     * @param json    one JSON object on a line for each case, and one with the counts
     */
    Report(PrintWriter out, boolean verbose, boolean json) {
        this.out = out;
        this.verbose = verbose;
        this.json = json;
    }

    void accept(String name, Verdict verdict) {
        switch (verdict) {
            case Judged judged when judged.passed() -> passed++;
            case Judged _, Broken _ -> failed++;
            case Missing _ -> missing++;
        }
        skipped += verdict instanceof Judged judged ? judged.skipped().size() : 0;
        if (json) {
            out.println(object(name, verdict));
        } else {
            text(name, verdict);
        }
        out.flush();
    }

    void count() {
        if (json) {
            out.println(Json.createObjectBuilder().add("passed", passed).add("failed", failed).add("missing", missing)
                .add("skipped", skipped).build());
            return;
        }
        if (skipped > 0) {
            out.printf("%d expected items skipped%s%n", skipped, verbose ? "" : "; --verbose says which and why");
        }
        out.printf("%d passed, %d failed, %d missing%n", passed, failed, missing);
    }

    boolean clean() {
        return failed == 0 && missing == 0;
    }

    private void text(String name, Verdict verdict) {
        switch (verdict) {
            case Judged judged -> {
                out.printf("%s: %s%s%n", name, judged.passed() ? "passed" : "FAILED",
                    judged.skipped().isEmpty() ? "" : ", " + judged.skipped().size() + " skipped");
                int width = Math.max(WIDTH, judged.comparisons().stream().mapToInt(each -> each.item().length()).max().orElse(0));
                judged.comparisons().forEach(comparison -> out.printf("    %-" + width + "s  %s%s%n",
                    onOneLine(comparison.item()), difference(comparison), comparison.passed() ? "" : "  FAILED"));
                if (verbose) {
                    judged.skipped().forEach(item -> out.printf("    skipped %s%n", item));
                }
            }
            case Missing(String _, String what) -> out.printf("%s: missing %s%n", name, what);
            case Broken(String _, String sentence) -> out.printf("%s: FAILED%n    %s%n", name, sentence);
        }
    }

    /** Names of tensors come from files and may hold anything. */
    private static String onOneLine(String item) {
        return item.replace("\n", "\\n").replaceAll("\\p{Cntrl}", "?");
    }

    /** Numbers by their distance, ids and texts by how many differ. */
    private static String difference(Comparison comparison) {
        if (Double.isInfinite(comparison.difference())) {
            return "no such result, or not a number";
        }
        if (comparison.tolerance() == 0) {
            return comparison.difference() == 0 ? "equal"
                : String.format(Locale.ROOT, "%.0f differ", Math.ceil(comparison.difference()));
        }
        return String.format(Locale.ROOT, "%9.2e of %9.2e", comparison.difference(), comparison.tolerance());
    }

    private static String object(String name, Verdict verdict) {
        JsonObjectBuilder object = Json.createObjectBuilder().add("case", name);
        switch (verdict) {
            case Judged judged -> {
                JsonArrayBuilder items = Json.createArrayBuilder();
                judged.comparisons().forEach(comparison -> items.add(item(comparison)));
                object.add("verdict", judged.passed() ? "passed" : "failed").add("items", items)
                    .add("skipped", Json.createArrayBuilder(judged.skipped()));
            }
            case Missing(String _, String what) -> object.add("verdict", "missing").add("what", what);
            case Broken(String _, String sentence) -> object.add("verdict", "failed").add("sentence", sentence);
        }
        return object.build().toString();
    }

    /** JSON knows no infinity: there it is null. */
    private static JsonObjectBuilder item(Comparison comparison) {
        JsonObjectBuilder item = Json.createObjectBuilder().add("item", comparison.item());
        if (Double.isFinite(comparison.difference())) {
            item.add("difference", comparison.difference());
        } else {
            item.addNull("difference");
        }
        return item.add("tolerance", comparison.tolerance()).add("passed", comparison.passed());
    }
}
