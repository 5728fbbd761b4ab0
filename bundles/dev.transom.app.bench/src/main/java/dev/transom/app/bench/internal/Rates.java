package dev.transom.app.bench.internal;

import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.util.ArrayList;
import java.util.List;

/** The result of a bench whose tests each have a speed in one unit. */
final class Rates {

    private final String unit;
    private final String key;
    private final String backend;
    private final int threads;
    private final List<Line> lines = new ArrayList<>();

    /**
     * @param unit heading of the speeds, for example {@code GFLOP/s}
     * @param key  their name in JSON, for example {@code gflops}
     */
    Rates(String unit, String key, String backend, int threads) {
        this.unit = unit;
        this.key = key;
        this.backend = backend;
        this.threads = threads;
    }

    Rates add(String test, double[] rates) {
        lines.add(new Line(test, rates));
        return this;
    }

    String text() {
        Table table = new Table(Table.left("test"), Table.left("backend"), Table.right("threads"), Table.right(unit),
            Table.right("best"));
        lines.forEach(line -> table.row(line.test, backend, Integer.toString(threads), Figures.spread(line.rates),
            Figures.fixed(Samples.best(line.rates), 2)));
        return table.print();
    }

    JsonObject json() {
        JsonArrayBuilder tests = Json.createArrayBuilder();
        lines.forEach(line -> tests.add(json(Json.createObjectBuilder().add("test", line.test), key, line.rates)));
        return Json.createObjectBuilder().add("backend", backend).add("threads", threads).add("tests", tests).build();
    }

    /** Adds median, deviation, best and single values under names that begin with {@code key}. */
    static JsonObjectBuilder json(JsonObjectBuilder object, String key, double[] rates) {
        JsonArrayBuilder samples = Json.createArrayBuilder();
        for (double rate : rates) {
            samples.add(rate);
        }
        return object.add(key, Samples.median(rates)).add(key + "_deviation", Samples.deviation(rates))
            .add(key + "_best", Samples.best(rates)).add(key + "_samples", samples);
    }

    private record Line(String test, double[] rates) {
    }
}
