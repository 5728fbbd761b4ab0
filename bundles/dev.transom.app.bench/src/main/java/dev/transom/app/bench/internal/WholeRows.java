package dev.transom.app.bench.internal;

import dev.transom.api.architecture.ModelDefinition;
import dev.transom.api.architecture.RaggedBatch;
import dev.transom.api.backend.Workspace;
import dev.transom.graph.ElementType;
import dev.transom.graph.Graph;
import dev.transom.graph.HostTensor;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.IntStream;

/** Random tokens in rows of equal length, as the inputs of a graph that takes whole rows at once. */
record WholeRows(int rows, int tokens, int vocabulary) {

    /** Sets every standard input that the graph declares. */
    void set(Workspace workspace, ModelDefinition definition, Graph graph) {
        Random random = new Random(1);
        RaggedBatch batch = RaggedBatch.of(
            IntStream.range(0, rows).mapToObj(_ -> random.ints(tokens, 0, vocabulary).toArray()).toList());
        batch.inputs(definition, graph, "").forEach((name, tensor) -> set(workspace, name, tensor));
    }

    /** Random labels, one for each token. */
    int[] labels() {
        return new Random(2).ints((long) rows * tokens, 0, vocabulary).toArray();
    }

    private static void set(Workspace workspace, String name, HostTensor tensor) {
        int[] shape = Arrays.stream(tensor.shape()).mapToInt(Math::toIntExact).toArray();
        if (tensor.type() == ElementType.I32) {
            workspace.setInts(name, tensor.ints(), shape);
        } else {
            workspace.setReals(name, tensor.reals(), shape);
        }
    }
}
