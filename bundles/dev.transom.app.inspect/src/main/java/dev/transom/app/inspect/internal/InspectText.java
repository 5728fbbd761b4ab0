package dev.transom.app.inspect.internal;

import dev.transom.api.architecture.Head;
import dev.transom.api.architecture.ModelFacts;
import dev.transom.api.tensor.StoredTensor;
import dev.transom.app.inspect.internal.Inspection.Parameter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** An inspection for people. */
final class InspectText {

    private static final int LONGEST = 100;

    private InspectText() {
    }

    static String of(Inspection inspection) {
        Lines lines = new Lines();
        ModelFacts facts = inspection.facts();
        lines.add("model", inspection.model() + ", in " + inspection.where());
        lines.add("recipe", facts.description());
        lines.add("architecture", facts.modelType() + ", defined by " + inspection.architecture());
        lines.add("structure", facts.structure().name().toLowerCase(Locale.ROOT).replace('_', '-') + ", " + facts.layers()
            + " layers, " + facts.hidden() + " wide, " + Figures.count(facts.vocabulary()) + " tokens, "
            + Figures.count(facts.maxPositions()) + " positions" + (facts.prefix() > 0 ? ", prefix of " + facts.prefix() : ""));
        facts.heads().forEach(head -> lines.add("head", head(head, facts)));
        lines.add("parameters", Figures.count(inspection.elements()) + " with all heads, in "
            + inspection.parameters().size() + " tensors");
        inspection.noWeights().ifPresent(reason -> lines.add("no weights", reason));
        StringBuilder text = new StringBuilder(lines.toString());
        text.append("\nconfiguration\n");
        inspection.config().values().forEach((key, value) -> text.append("  ").append(key).append(" = ")
            .append(shortened(String.valueOf(value))).append('\n'));
        text.append('\n').append(table(parameters(inspection)));
        if (!inspection.unused().isEmpty()) {
            text.append("\nstored, but no parameter is made of it\n");
            inspection.unused().forEach(tensor -> text.append("  ").append(line(tensor)).append('\n'));
        }
        return text.toString();
    }

    private static String head(Head head, ModelFacts facts) {
        return head.name() + ": gives " + String.join(", ", head.outputs())
            + (head.labels() == Head.Labels.NONE ? ", no loss" : ", loss over "
                + head.labels().name().toLowerCase(Locale.ROOT).replace('_', ' '))
            + (head.name().equals(facts.defaultHead()) ? " (default)" : "");
    }

    private static List<List<String>> parameters(Inspection inspection) {
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of("parameter", "shape", "format", "made of"));
        for (Parameter parameter : inspection.parameters()) {
            String need = parameter.heads().isEmpty() ? "" : "  [" + String.join(", ", parameter.heads()) + "]";
            boolean absent = inspection.noWeights().isEmpty() && !parameter.missing().isEmpty();
            String format = absent ? "missing" : String.join("+", parameter.formats());
            rows.add(List.of(parameter.name(), parameter.shape().toString(), format, parameter.made() + need));
        }
        return rows;
    }

    private static String line(StoredTensor tensor) {
        return tensor.name() + " " + tensor.format() + tensor.shape();
    }

    private static String shortened(String value) {
        return value.length() <= LONGEST ? value : value.substring(0, LONGEST) + " … (" + value.length() + " characters)";
    }

    /** Columns as wide as they need to be; the last is ragged. */
    private static String table(List<List<String>> rows) {
        int columns = rows.getFirst().size();
        int[] widths = new int[columns];
        rows.forEach(row -> {
            for (int i = 0; i < columns - 1; i++) {
                widths[i] = Math.max(widths[i], row.get(i).length() + 2);
            }
        });
        return rows.stream().map(row -> {
            StringBuilder line = new StringBuilder();
            for (int i = 0; i < columns; i++) {
                line.append(row.get(i)).append(" ".repeat(Math.max(0, widths[i] - row.get(i).length())));
            }
            return line.toString().stripTrailing() + "\n";
        }).collect(Collectors.joining());
    }
}
