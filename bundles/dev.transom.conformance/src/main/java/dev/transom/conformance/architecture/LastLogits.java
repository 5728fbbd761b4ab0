package dev.transom.conformance.architecture;

import dev.transom.api.architecture.GraphRequest;
import dev.transom.api.architecture.GraphRequest.Extra;
import dev.transom.api.architecture.Inputs;
import dev.transom.api.architecture.RaggedBatch;
import dev.transom.api.backend.Backend;
import dev.transom.api.backend.PlanOptions.Numerics;
import dev.transom.graph.Graph;
import dev.transom.graph.HostTensor;
import dev.transom.graph.Operations;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/**
 * What a causal model says after one row, which is run whole: only the logits of its last token are ever computed.
 *
 * @param logits {@code [vocabulary]}
 * @param hidden the last hidden state of the last token {@code [hidden]}
 */
public record LastLogits(double[] logits, double[] hidden) {

    private static final String HEAD = "lm";

    /** @param backends chooses the backend that is to run a graph; one called reference runs in float64 */
    public static LastLogits of(JudgedModel model, Operations operations, Function<Graph, Backend> backends, Numerics numerics,
            int[] ids) {
        GraphRequest.Limits limits = new GraphRequest.Limits(ids.length, 1, 1, 16, 0, 1);
        Graph graph = model.definition().graph(operations, new GraphRequest(List.of(HEAD), false, false, false, false, true,
            Set.of(Extra.LAST_HIDDEN_STATE), limits));
        Map<String, HostTensor> inputs = new HashMap<>(RaggedBatch.of(List.of(ids)).inputs(model.definition(), graph, ""));
        inputs.put(Inputs.SELECTED, HostTensor.ofInts(new int[] {ids.length - 1}, 1));
        Map<String, HostTensor> outputs = new GraphRunner(backends.apply(graph), numerics).run(model, graph, inputs);
        double[] states = outputs.get("last_hidden_state").reals();
        return new LastLogits(outputs.get(model.definition().facts().head(HEAD).outputs().getFirst()).reals(),
            Arrays.copyOfRange(states, states.length - states.length / ids.length, states.length));
    }
}
