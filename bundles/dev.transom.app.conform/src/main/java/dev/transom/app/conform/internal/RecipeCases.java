package dev.transom.app.conform.internal;

import dev.transom.api.MissingCapabilityException;
import dev.transom.api.TransomException;
import dev.transom.api.backend.Backends;
import dev.transom.api.capability.ProvidesKit;
import dev.transom.api.conformance.CaseKit;
import dev.transom.api.format.TensorFormat;
import dev.transom.api.model.Models;
import dev.transom.api.model.OpenModel;
import dev.transom.graph.GraphException;
import dev.transom.graph.HostTensor;
import dev.transom.graph.Operations;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferencePolicyOption;

/**
 * Judges the recipe: every combination of structure, position, activation and normalisation over one set of weights. Each becomes a
 * model folder of model_type {@code transformer}, opened as any other.
 */
@Component(service = CaseKit.class)
@ProvidesKit(name = "recipe")
public final class RecipeCases implements CaseKit {

    /** Of each tensor's largest element, for the oracle in float64. */
    private static final double ORACLE_TOLERANCE = 1e-6;

    @Reference
    private Models models;

    @Reference(policyOption = ReferencePolicyOption.GREEDY)
    private volatile List<TensorFormat> formats = List.of();

    @Reference
    private Operations operations;

    @Reference
    private Backends backends;

    @Override
    public List<String> kinds() {
        return List.of("recipe");
    }

    @Override
    public void judge(Path file, Options options, Consumer<Verdict> report) {
        JsonObject json = CaseFiles.read(file);
        JsonObject dimensions = CaseFiles.read(file.resolveSibling("config.json"));
        Path folder = temporary(file.resolveSibling("weights.safetensors"));
        try (TensorFile inputs = new TensorFile(formats, file.resolveSibling("inputs.safetensors"));
                TensorFile expected = new TensorFile(formats, file.resolveSibling("expected.safetensors"));
                TensorFile gradients = new TensorFile(formats, file.resolveSibling("grads.safetensors"))) {
            for (String structure : texts(json, "structures")) {
                for (String position : texts(json, "positions")) {
                    for (String activation : texts(json, "activations")) {
                        for (String normalisation : texts(json, "normalisations")) {
                            Combination one = new Combination(structure, position, activation, normalisation);
                            report.accept(judged(one, folder, json, dimensions, options, inputs, expected, gradients));
                        }
                    }
                }
            }
        } finally {
            delete(folder);
        }
    }

    private Verdict judged(Combination one, Path folder, JsonObject json, JsonObject dimensions, Options options,
            TensorFile inputs, TensorFile expected, TensorFile gradients) {
        write(folder.resolve("config.json"), one.config(dimensions).toString());
        try (OpenModel model = models.open(folder.toString(), folder)) {
            ModelJudge judge = new ModelJudge(model, operations, backends, options.backend(), inputs);
            Judgement judgement = new Judgement(json, expected);
            String labels = one.structure() + ".labels";
            Map<String, HostTensor> outputs = judge.outputs(labels);
            for (String output : List.of("logits", "loss")) {
                String item = one.name() + "." + output;
                judgement.compare(item, judge.batches().difference(item, expected, outputs.get(output)));
            }
            if (options.gradients()) {
                gradients(one, judge.gradients(labels), judgement, gradients);
            }
            return shortened(judgement.verdict(one.name()));
        } catch (MissingCapabilityException missing) {
            return new Missing(one.name(), Missings.what(missing));
        } catch (TransomException | GraphException broken) {
            return new Broken(one.name(), broken.getMessage());
        }
    }

    private static void gradients(Combination one, ModelJudge.Gradients gradients, Judgement judgement, TensorFile expected) {
        String prefix = one.name() + ".grad.";
        JsonObject tolerances = judgement.json().getJsonObject("grads_tolerances");
        for (String name : expected.names()) {
            if (name.startsWith(prefix)) {
                double[] wanted = expected.reals(name);
                double tolerance = gradients.oracle() ? ORACLE_TOLERANCE * Differences.magnitude(wanted)
                    : tolerances.getJsonNumber(name).doubleValue();
                judgement.compare(name,
                    Differences.largest(wanted, gradients.of(name.substring(prefix.length()), wanted.length)), tolerance);
            }
        }
    }

    /** Items without the combination's name, which the verdict has. */
    private static Judged shortened(Judged judged) {
        return new Judged(judged.name(), judged.comparisons().stream().map(comparison -> new Comparison(
            comparison.item().substring(judged.name().length() + 1), comparison.difference(), comparison.tolerance())).toList(),
            judged.skipped());
    }

    private static List<String> texts(JsonObject json, String key) {
        return json.getJsonArray(key).getValuesAs(JsonString.class).stream().map(JsonString::getString).toList();
    }

    private static Path temporary(Path weights) {
        try {
            Path folder = Files.createTempDirectory("transom-recipe");
            Files.copy(weights, folder.resolve("model.safetensors"));
            return folder;
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private static void write(Path file, String content) {
        try {
            Files.writeString(file, content);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private static void delete(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /** One of the combinations. */
    private record Combination(String structure, String position, String activation, String normalisation) {

        String name() {
            return structure + "." + position + "." + activation + "." + normalisation;
        }

        JsonObject config(JsonObject dimensions) {
            return Json.createObjectBuilder(dimensions).add("model_type", "transformer").add("structure", structure)
                .add("position", position).add("activation", activation).add("normalisation", normalisation).build();
        }
    }
}
