package dev.transom.conformance.architecture;

import dev.transom.api.architecture.GraphRequest;
import dev.transom.api.architecture.RaggedBatch;
import dev.transom.api.backend.Backend;
import dev.transom.api.backend.PlanOptions.Numerics;
import dev.transom.graph.Graph;
import dev.transom.graph.HostTensor;
import dev.transom.graph.Operations;
import java.util.List;
import java.util.function.Function;

/**
 * Runs single rows of token ids through a causal model, whole, for cases that carry ids instead of a file of inputs.
 *
 * @param backends chooses the backend that is to run a graph; one called reference runs in float64
 */
public record RowLogits(JudgedModel model, Operations operations, Function<Graph, Backend> backends, Numerics numerics) {

    private static final String HEAD = "lm";

    /** Logits {@code [tokens, vocabulary]} of one row, at all its positions. */
    public double[] of(int[] ids) {
        RaggedBatch row = RaggedBatch.of(List.of(ids));
        Graph graph = model.definition().graph(operations,
            GraphRequest.whole(List.of(HEAD), GraphRequest.Limits.of(ids.length, 1)));
        HostTensor logits = new GraphRunner(backends.apply(graph), numerics).run(model, graph,
            row.inputs(model.definition(), graph, "")).get(model.definition().facts().head(HEAD).outputs().getFirst());
        return logits.reals();
    }
}
