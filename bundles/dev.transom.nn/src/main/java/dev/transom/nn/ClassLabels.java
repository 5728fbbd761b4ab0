package dev.transom.nn;

import dev.transom.api.architecture.Head.Labels;
import dev.transom.api.config.Config;

/**
 * What a classifier's configuration says of its labels.
 *
 * @param kind  ROW_CLASS, ROW_MULTI_LABEL or ROW_VALUE
 * @param count classes or values
 */
public record ClassLabels(Labels kind, int count) {

    /**
     * Reads {@code id2label} or {@code num_labels} (two without both) and {@code problem_type} (without it: one label is a
     * value, several are classes that exclude each other).
     */
    public static ClassLabels read(Config config) {
        int count = config.object("id2label").map(labels -> labels.values().size()).orElse(config.int32("num_labels", 2));
        if (count < 1) {
            throw config.wrong(config.has("id2label") ? "id2label" : "num_labels", "one label or more", count);
        }
        Labels kind = switch (config.text("problem_type", "")) {
            case "" -> count == 1 ? Labels.ROW_VALUE : Labels.ROW_CLASS;
            case "regression" -> Labels.ROW_VALUE;
            case "single_label_classification" -> Labels.ROW_CLASS;
            case "multi_label_classification" -> Labels.ROW_MULTI_LABEL;
            case String other -> throw config.wrong("problem_type",
                "regression, single_label_classification or multi_label_classification", other);
        };
        return new ClassLabels(kind, count);
    }
}
