package dev.transom.app.run.internal;

import dev.transom.api.engine.EngineOptions;
import dev.transom.api.model.OpenModel;
import dev.transom.api.sizing.Sizing.Estimate;
import java.nio.file.Files;
import java.util.Locale;

/** What a step would do, for {@code --dry-run}. */
final class PlanText {

    private PlanText() {
    }

    static String of(Step step, InputFile.Scan scan, OpenModel model, Workers.Granted granted) {
        EngineOptions options = granted.options();
        StringBuilder text = new StringBuilder();
        line(text, step.name(), word(step.task()) + " with " + step.model() + " (" + model.definition().facts().description() + ")");
        line(text, "  input", step.input() + ", " + scan.items() + " items of " + word(step.format()) + ", " + bytes(scan.bytes()));
        line(text, "  output", step.output() + (Files.exists(step.output()) ? ", which is there" : ""));
        line(text, "  loaded for", options.maxRows() + " rows that share steps"
            + (options.context() > 0 ? ", " + options.context() + " positions each" : "") + ", numerics " + word(options.numerics()));
        granted.estimate().ifPresent(estimate -> memory(text, estimate));
        return text.toString();
    }

    private static void memory(StringBuilder text, Estimate estimate) {
        line(text, "  memory", bytes(estimate.total()) + ": weights " + bytes(estimate.weights() + estimate.repacked()) + ", cache "
            + bytes(estimate.cache()) + ", activations and workspace " + bytes(estimate.activations() + estimate.workspace()));
        line(text, "  memory left", bytes(estimate.available()) + (estimate.fits() ? ", it fits"
            : ", " + estimate.shortfall() + " bytes are wanting"));
    }

    private static void line(StringBuilder text, String name, String value) {
        text.append(String.format(Locale.ROOT, "%-14s %s%n", name, value));
    }

    private static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }

    private static String bytes(long count) {
        return count < 10_000 ? count + " bytes" : String.format(Locale.ROOT, "%.1f MB", count * 1e-6);
    }
}
