package dev.transom.app.inspect.internal;

import static dev.transom.app.inspect.internal.Figures.bytes;
import static dev.transom.app.inspect.internal.Figures.count;

import dev.transom.api.sizing.Sizing.Estimate;
import dev.transom.api.sizing.Sizing.ModelSize;
import java.util.Map;
import java.util.stream.Collectors;

/** A size report as a table for people. */
final class SizeText {

    private SizeText() {
    }

    static String of(SizeReport report) {
        Lines lines = new Lines();
        lines.add("model", report.model() + ": " + report.facts().description());
        ModelSize size = report.size();
        lines.add("parameters", count(size.parameters()));
        lines.add("each token", compute(size));
        Load load = report.load();
        lines.add("loaded for", load(load) + ", on backend " + report.backend());
        Estimate estimate = report.estimate();
        lines.add("weights", bytes(estimate.weights()), weights(report));
        report.noWeights().ifPresent(reason -> lines.add("no weights", reason));
        if (estimate.repacked() > 0) {
            lines.add("repacked", bytes(estimate.repacked()), "weights held again in another layout");
        }
        if (load.generates()) {
            lines.add("cache", bytes(estimate.cache()), cache(estimate, load));
        }
        lines.add("activations", bytes(estimate.activations()), "steps of up to " + count(load.tokens()) + " tokens");
        lines.add("workspace", bytes(estimate.workspace()), "scratch of the threads");
        lines.add("total", bytes(estimate.total()), count(estimate.total()) + " bytes");
        lines.add("rule of thumb", bytes(estimate.ruleLow()) + " to " + bytes(estimate.ruleHigh()), "1.2 to 5 times the weights");
        lines.add("memory left", bytes(estimate.available()), fits(estimate));
        lines.add("would fit", room(report));
        return lines.toString();
    }

    private static String compute(ModelSize size) {
        return Figures.flops(size.flopsPerToken()) + " in matrices, and " + Figures.flops(size.flopsPerPosition())
            + " for each position it attends to";
    }

    private static String weights(SizeReport report) {
        Map<String, Long> formats = report.formats();
        String parts = formats.size() == 1 ? formats.keySet().iterator().next() : formats.entrySet().stream()
            .map(entry -> entry.getKey() + " " + bytes(entry.getValue())).collect(Collectors.joining(", "));
        return parts + ", " + report.weights()
            + (report.converted() > 0 ? "; " + bytes(report.converted()) + " converted while loading, not mapped" : "");
    }

    private static String load(Load load) {
        return (load.generates() ? "generation, " : "whole rows, ") + rows(load.rows()) + " of " + count(load.context())
            + " positions";
    }

    private static String cache(Estimate estimate, Load load) {
        return count(estimate.cache() / load.cachedPositions()) + " bytes for each of " + count(load.cachedPositions())
            + " positions";
    }

    private static String fits(Estimate estimate) {
        return estimate.fits() ? "it fits, " + count(estimate.available() - estimate.total()) + " bytes remain"
            : "it does not fit, " + count(estimate.shortfall()) + " bytes are wanting";
    }

    private static String room(SizeReport report) {
        Room room = report.room();
        if (room.context() == 0 && room.rows() == 0) {
            return "not even one row of one position";
        }
        String most = switch (room.rows()) {
            case 0 -> "no row";
            case Room.MOST_ROWS -> rows(room.rows()) + " and more";
            default -> "up to " + rows(room.rows());
        };
        return rows(report.load().rows()) + " of up to " + count(room.context()) + " positions, or " + most + " of "
            + count(report.load().context());
    }

    private static String rows(int rows) {
        return count(rows) + (rows == 1 ? " row" : " rows");
    }
}
