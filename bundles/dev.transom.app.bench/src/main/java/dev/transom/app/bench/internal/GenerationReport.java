package dev.transom.app.bench.internal;

import dev.transom.api.backend.Plan;
import dev.transom.api.engine.Engine;
import dev.transom.graph.Node;
import dev.transom.graph.Type;
import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;

/**
 * What the bench of a generating model found.
 *
 * @param subject      the model and how it ran
 * @param loadSeconds  from the command to a loaded model
 * @param firstSeconds the first request of one token, in a cold JVM
 * @param tests        prompts and answers
 * @param bytesPerStep bytes of weights that one step reads
 * @param readRates    bytes per second of plain reads of these weights
 * @param peakBytes    largest resident memory of the process, where known
 */
record GenerationReport(Subject subject, double loadSeconds, double firstSeconds, List<Measured> tests, long bytesPerStep,
        double[] readRates, OptionalLong peakBytes) {

    String text() {
        Table table = new Table(Table.left("model"), Table.right("size"), Table.right("params"), Table.left("backend"),
            Table.right("threads"), Table.right("rows"), Table.right("test"), Table.right("t/s"));
        for (Measured measured : tests) {
            table.row(subject.model, Figures.size(subject.weightBytes), Figures.count(subject.parameters), subject.backend,
                Integer.toString(subject.threads), Integer.toString(subject.rows), measured.test.name,
                Figures.spread(measured.rates(subject.rows)));
        }
        StringBuilder text = new StringBuilder(table.print()).append('\n');
        double read = Samples.median(readRates);
        for (Measured measured : tests) {
            if (measured.test.prompt == 1) {
                double rate = decodeRate(measured);
                text.append(String.format(Locale.ROOT,
                    "%-8s reads %s of weights per step: %.2f GB/s, %.2f of a plain read by %d threads (%.2f GB/s)%n",
                    measured.test.name, Figures.megabytes(bytesPerStep), rate * 1e-9, rate / read, subject.threads, read * 1e-9));
            }
        }
        text.append(String.format(Locale.ROOT, "start    load %.2f s, first token after %.0f ms more%n",
            loadSeconds, firstSeconds * 1e3));
        peakBytes.ifPresent(peak -> text.append(String.format(Locale.ROOT,
            "memory   peak %s, that is %s beyond the weights; planned %s%n", Figures.megabytes(peak),
            Figures.megabytes(peak - subject.weightBytes), Figures.megabytes(subject.plannedBytes))));
        return text.toString();
    }

    JsonObject json() {
        JsonArrayBuilder array = Json.createArrayBuilder();
        tests.forEach(measured -> array.add(json(measured)));
        JsonObjectBuilder object = Json.createObjectBuilder().add("model", subject.model).add("backend", subject.backend)
            .add("threads", subject.threads).add("rows", subject.rows).add("weight_bytes", subject.weightBytes)
            .add("parameters", subject.parameters).add("tests", array).add("weight_bytes_per_step", bytesPerStep)
            .add("plain_read_bytes_per_second", Samples.median(readRates)).add("load_seconds", loadSeconds)
            .add("first_token_seconds", firstSeconds).add("planned_bytes_beyond_weights", subject.plannedBytes);
        peakBytes.ifPresent(peak -> object.add("peak_resident_bytes", peak));
        return object.build();
    }

    private JsonObjectBuilder json(Measured measured) {
        JsonObjectBuilder object = Rates.json(Json.createObjectBuilder().add("test", measured.test.name), "tokens_per_second",
            measured.rates(subject.rows));
        if (measured.test.prompt == 1) {
            object.add("weight_bytes_per_second", decodeRate(measured));
        }
        return object;
    }

    /** A step reads the weights once, whatever the number of rows. */
    private double decodeRate(Measured measured) {
        return Samples.median(measured.samples.rates((double) bytesPerStep * measured.test.answer));
    }

    /** A test: a prompt and an answer; one of them is 1. */
    record Test(String name, int prompt, int answer) {
    }

    /** A test and its times. */
    record Measured(Test test, Samples samples) {

        /** Tokens per second; a prompt's last step also gives the one token of its answer. */
        double[] rates(int rows) {
            return samples.rates((double) rows * Math.max(test.prompt, test.answer));
        }
    }

    /**
     * What was measured.
     *
     * @param plannedBytes what the plan says is needed beyond the weights: repacked weights, caches, arena, scratch
     */
    record Subject(String model, String backend, int threads, int rows, long weightBytes, long parameters, long plannedBytes) {

        static Subject of(Engine engine, int rows, int threads) {
            Plan plan = engine.plan();
            String formats = String.join("/", plan.graph().parameters().stream()
                .filter(node -> ((Type.TensorType) node.types().getFirst()).shape().rank() > 1)
                .map(node -> plan.types().format(node.name()).name()).distinct().toList());
            long parameters = plan.graph().parameters().stream().map(node -> (Type.TensorType) node.types().getFirst())
                .mapToLong(type -> type.shape().maxElements()).sum();
            int block = plan.graph().caches().stream().map(Node::types).map(types -> (Type.CacheType) types.getFirst())
                .mapToInt(Type.CacheType::blockSize).findFirst().orElse(1);
            long cache = plan.cacheBlockBytes() * Math.ceilDiv(engine.context(), block) * rows;
            return new Subject(engine.model().definition().facts().modelType() + " " + formats, engine.backend(), threads, rows,
                plan.weightBytes(), parameters, plan.repackedBytes() + plan.activationBytes() + plan.scratchBytes() + cache);
        }
    }
}
