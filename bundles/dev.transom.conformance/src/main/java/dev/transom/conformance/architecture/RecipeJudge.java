package dev.transom.conformance.architecture;

import dev.transom.api.backend.Backend;
import dev.transom.api.backend.PlanOptions.Numerics;
import dev.transom.api.config.Config;
import dev.transom.api.conformance.CaseKit.Comparison;
import dev.transom.api.conformance.CaseKit.Judged;
import dev.transom.api.format.TensorFormat;
import dev.transom.graph.Graph;
import dev.transom.graph.Operations;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Judges the recipe: every combination of structure, position, activation and normalisation over one set of weights, each a
 * configuration of model_type {@code transformer}.
 */
public final class RecipeJudge implements AutoCloseable {

    private final Config json;
    private final Config dimensions;
    private final TensorFile inputs;
    private final TensorFile expected;
    private final TensorFile gradients;

    /** Opens the case whose case.json is {@code file}. */
    public RecipeJudge(Path file, List<TensorFormat> formats) {
        this.json = CaseFile.read(file);
        this.dimensions = CaseFile.read(file.resolveSibling("config.json"));
        this.inputs = new TensorFile(formats, file.resolveSibling("inputs.safetensors"));
        this.expected = new TensorFile(formats, file.resolveSibling("expected.safetensors"));
        this.gradients = new TensorFile(formats, file.resolveSibling("grads.safetensors"));
    }

    /** All combinations, in the order of the case. */
    public List<Combination> combinations() {
        return json.texts("structures").stream().flatMap(structure -> json.texts("positions").stream()
            .flatMap(position -> json.texts("activations").stream().flatMap(activation -> json.texts("normalisations").stream()
                .map(normalisation -> new Combination(structure, position, activation, normalisation))))).toList();
    }

    /** The configuration of a combination, as config.json holds it. */
    public Config config(Combination one) {
        Map<String, Object> members = new LinkedHashMap<>(dimensions.values());
        members.putAll(Map.of("model_type", "transformer", "structure", one.structure, "position", one.position,
            "activation", one.activation, "normalisation", one.normalisation));
        return new Config(one.name(), members);
    }

    /**
     * Compares logits and loss, and gradients if asked, of a combination.
     *
     * @param model    of {@link #config}, with the weights beside the case
     * @param backends chooses the backend that is to run a graph
     * @param numerics how it is to compute
     */
    public Judged judge(Combination one, JudgedModel model, Operations operations, Function<Graph, Backend> backends,
            Numerics numerics, boolean withGradients) {
        ModelJudge judge = new ModelJudge(model, operations, backends, numerics, inputs);
        Judgement judgement = new Judgement(json, expected, numerics);
        String labels = one.structure + ".labels";
        judge.outputs(labels, one.name() + ".", judgement, "logits", "loss");
        if (withGradients) {
            String prefix = one.name() + ".grad.";
            Config tolerances = json.object("grads_tolerances").orElseThrow(() -> json.missing("grads_tolerances"));
            judge.gradients(labels, prefix, gradients, "grad ", tolerances, Set.of(), judgement);
        }
        return shortened(judgement.verdict(one.name()));
    }

    @Override
    public void close() {
        Stream.of(inputs, expected, gradients).forEach(TensorFile::close);
    }

    /** Items without the combination's name, which the verdict has. */
    private static Judged shortened(Judged judged) {
        String prefix = judged.name() + ".";
        return new Judged(judged.name(), judged.comparisons().stream().map(comparison -> comparison.item().startsWith(prefix)
            ? new Comparison(comparison.item().substring(prefix.length()), comparison.difference(), comparison.tolerance())
            : comparison).toList(), judged.skipped());
    }

    /** One of the combinations, in the words of the case. */
    public record Combination(String structure, String position, String activation, String normalisation) {

        public String name() {
            return structure + "." + position + "." + activation + "." + normalisation;
        }
    }
}
