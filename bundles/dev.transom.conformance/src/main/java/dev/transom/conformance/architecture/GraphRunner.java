package dev.transom.conformance.architecture;

import dev.transom.api.backend.Backend;
import dev.transom.api.backend.PlanOptions;
import dev.transom.api.backend.PlanOptions.Numerics;
import dev.transom.conformance.internal.LoadedGraph;
import dev.transom.graph.Graph;
import dev.transom.graph.HostTensor;
import java.util.Map;

/** Runs a model's graph once on the backend being judged: the oracle in float64, others as they are. */
record GraphRunner(Backend backend, Numerics numerics) {

    private static final String ORACLE = "reference";

    /** Whether results are those of the oracle in float64. */
    boolean oracle() {
        return backend.name().equals(ORACLE);
    }

    /** All outputs of one run, with their actual shapes. */
    Map<String, HostTensor> run(JudgedModel model, Graph graph, Map<String, HostTensor> inputs) {
        PlanOptions options = new PlanOptions(numerics, oracle(), 0);
        try (LoadedGraph loaded = new LoadedGraph(backend, graph, model.parameters(), model.types().apply(graph), options)) {
            return loaded.run(inputs);
        }
    }
}
