package dev.transom.app.inspect.internal;

import dev.transom.api.TransomException;
import dev.transom.api.config.Config;
import dev.transom.api.model.OpenModel;
import dev.transom.api.tensor.Binding;
import dev.transom.api.tensor.Format;
import dev.transom.api.tensor.TypePlan;
import dev.transom.graph.Graph;
import dev.transom.graph.Node;
import dev.transom.graph.Type;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * In which formats weights are counted: those asked for, else as the files hold them, else, without weights, as config.json says.
 *
 * @param source    where the formats come from, for people
 * @param noWeights why no weights were read; empty if they were, or need not be
 * @param plan      the formats of a graph's parameters
 * @param bindings  how parameters are made of stored tensors; empty without weights
 */
record WeightTypes(String source, Optional<String> noWeights, Function<Graph, TypePlan> plan, Map<String, Binding> bindings) {

    private static final List<Format> UNIFORM = List.of(Format.F32, Format.F16, Format.BF16);
    private static final Map<String, Format> TORCH = Map.of("float32", Format.F32, "float16", Format.F16, "bfloat16",
        Format.BF16);

    static WeightTypes of(OpenModel model, Optional<String> asked) {
        if (asked.isPresent()) {
            return uniform(named(asked.get()), "as asked", Optional.empty());
        }
        try {
            return new WeightTypes("by the files", Optional.empty(), model::types,
                model.definition().bindings(model.files().tensors().names()));
        } catch (TransomException unreadable) {
            return uniform(configured(model.files().config()), "by config.json", Optional.of(unreadable.getMessage()));
        }
    }

    private static WeightTypes uniform(Format format, String source, Optional<String> noWeights) {
        return new WeightTypes(source, noWeights, _ -> TypePlan.uniform(format), Map.of());
    }

    private static Format named(String name) {
        return UNIFORM.stream().filter(format -> format.name().equalsIgnoreCase(name)).findFirst().orElseThrow(() ->
            new TransomException("option --types: it must be one of " + UNIFORM + "; got " + name + "."));
    }

    private static Format configured(Config config) {
        String type = config.text("dtype").or(() -> config.text("torch_dtype")).orElse("float32");
        return TORCH.getOrDefault(type, Format.F32);
    }

    /** Bytes of a graph's parameters in each format. */
    Map<String, Long> bytes(Graph graph) {
        TypePlan types = plan.apply(graph);
        Map<String, Long> bytes = new TreeMap<>();
        graph.parameters().forEach(node -> bytes.merge(types.format(node.name()).name(), bytes(node, types), Math::addExact));
        return bytes;
    }

    /** Bytes of parameters that are computed when they are loaded (transposed, sliced, …), so that they are not mapped. */
    long converted(Graph graph) {
        TypePlan types = plan.apply(graph);
        return graph.parameters().stream().filter(node -> bindings.containsKey(node.name()))
            .filter(node -> !(bindings.get(node.name()) instanceof Binding.Stored)).mapToLong(node -> bytes(node, types)).sum();
    }

    private static long bytes(Node parameter, TypePlan types) {
        return types.format(parameter.name()).bytes(((Type.TensorType) parameter.types().getFirst()).shape().maxElements());
    }
}
