package dev.transom.app.bench.internal;

import dev.transom.api.tensor.ParameterStore;
import dev.transom.api.tensor.StoredTensor;
import dev.transom.api.tensor.TypePlan;
import dev.transom.graph.Graph;
import dev.transom.graph.Node;
import dev.transom.graph.Type;
import dev.transom.graph.Value;
import java.lang.foreign.MemorySegment;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What one step reads of a model's weights.
 *
 * @param parameters   names of all that a step reads as a whole; tables of which it gathers single rows are left out
 * @param bytesPerStep their bytes
 */
record WeightReading(List<String> parameters, long bytesPerStep) {

    static WeightReading of(Graph graph, TypePlan types) {
        Set<Value> whole = new HashSet<>();
        for (Node node : graph.nodes()) {
            whole.addAll(node.operation().equals("gather") ? node.inputs().subList(1, node.inputs().size()) : node.inputs());
        }
        List<Node> read = graph.parameters().stream().filter(parameter -> whole.contains(parameter.output())).toList();
        return new WeightReading(read.stream().map(Node::name).toList(),
            read.stream().mapToLong(node -> types.format(node.name()).bytes(elements(node))).sum());
    }

    private static long elements(Node parameter) {
        return ((Type.TensorType) parameter.types().getFirst()).shape().maxElements();
    }

    /** Where these weights lie. */
    List<MemorySegment> memory(ParameterStore store) {
        return parameters.stream().map(store::find).flatMap(Optional::stream).map(StoredTensor::data).toList();
    }
}
