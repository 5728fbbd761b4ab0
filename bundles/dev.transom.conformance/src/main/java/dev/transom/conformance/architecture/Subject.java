package dev.transom.conformance.architecture;

import dev.transom.api.architecture.GraphRequest;
import dev.transom.api.architecture.GraphRequest.Limits;
import dev.transom.api.architecture.ModelDefinition;
import dev.transom.api.architecture.ModelFacts;
import dev.transom.api.tensor.Format;
import dev.transom.conformance.internal.HeldParameters;
import dev.transom.graph.CounterRandom;
import dev.transom.graph.Graph;
import dev.transom.graph.HostTensor;
import dev.transom.graph.Node;
import dev.transom.graph.Operations;
import dev.transom.graph.Type;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

/** The model under test with random weights, the same for every graph that is built of it. */
final class Subject {

    static final int BLOCK = 4;
    private static final int TOKENS = 64;
    private static final int ROWS = 4;
    private static final long SEED = 20;

    private final ModelDefinition definition;
    private final Operations operations;
    private final HeldParameters parameters = new HeldParameters(Format.F32);

    Subject(ModelDefinition definition, Operations operations) {
        this.definition = definition;
        this.operations = operations;
    }

    ModelDefinition definition() {
        return definition;
    }

    ModelFacts facts() {
        return definition.facts();
    }

    Operations operations() {
        return operations;
    }

    HeldParameters parameters() {
        return parameters;
    }

    /** Sizes that every request of the kit fits. */
    Limits limits() {
        return new Limits(TOKENS, ROWS, Math.ceilDiv(TOKENS, BLOCK), BLOCK, TOKENS, TOKENS);
    }

    GraphRequest whole(List<String> heads, GraphRequest.Extra... extras) {
        return GraphRequest.whole(heads, limits()).with(extras);
    }

    GraphRequest selected(boolean cached) {
        return new GraphRequest(List.of("lm"), cached, false, false, false, true, Set.of(), limits());
    }

    GraphRequest training(String head, boolean dropout) {
        return GraphRequest.training(head, dropout, limits());
    }

    /** Builds a graph and gives values to parameters that no graph before had. */
    Graph graph(GraphRequest request) {
        Graph graph = definition.graph(operations, request);
        graph.parameters().forEach(this::fill);
        return graph;
    }

    /** Matrices spread so that a layer keeps its input's size; weights of norms about 1. */
    private void fill(Node node) {
        Type.TensorType type = node.output().tensor();
        HostTensor tensor = HostTensor.zeros(type);
        if (parameters.find(node.name()).isPresent()) {
            return;
        }
        int rank = type.shape().rank();
        double centre = rank == 1 && node.name().endsWith("weight") ? 1 : 0;
        double spread = rank == 1 ? 0.5 : 1.5 / Math.sqrt(type.shape().last().max());
        int stream = node.name().hashCode();
        Arrays.setAll(tensor.reals(), i -> centre + spread * (2 * CounterRandom.uniform(SEED, stream, 0, i) - 1));
        parameters.put(node.name(), tensor);
    }
}
