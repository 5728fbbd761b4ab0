package dev.transom.conformance.architecture;

import dev.transom.api.architecture.ModelDefinition;
import dev.transom.api.tensor.Binding;
import dev.transom.api.tensor.Format;
import dev.transom.api.tensor.ParameterStore;
import dev.transom.api.tensor.TensorSource;
import dev.transom.api.tensor.TypePlan;
import dev.transom.graph.Graph;
import dev.transom.graph.Node;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/**
 * A model with its weights, ready to be judged.
 *
 * @param definition what the architecture made of its configuration
 * @param parameters parameters by the definition's bindings
 * @param types      formats of a graph's parameters
 * @param stored     the tensors that the bindings name
 */
public record JudgedModel(ModelDefinition definition, ParameterStore parameters, Function<Graph, TypePlan> types,
        TensorSource stored) {

    /** Binds the tensors of a file as a definition says, without a platform. */
    public static JudgedModel of(ModelDefinition definition, TensorSource stored) {
        ParameterStore parameters = new CellParameters(definition.bindings(Set.copyOf(stored.names())), stored);
        return new JudgedModel(definition, parameters, graph -> types(graph, parameters), stored);
    }

    private static TypePlan types(Graph graph, ParameterStore parameters) {
        Map<String, Format> formats = new HashMap<>();
        for (Node node : graph.parameters()) {
            parameters.format(node.name()).ifPresent(format -> formats.put(node.name(), format));
        }
        return new TypePlan(formats, Format.F32, Format.F32);
    }

    /** The expressions that make its parameters. */
    Map<String, Binding> bindings() {
        return definition.bindings(Set.copyOf(stored.names()));
    }
}
