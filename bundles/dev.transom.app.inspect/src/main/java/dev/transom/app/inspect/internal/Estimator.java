package dev.transom.app.inspect.internal;

import dev.transom.api.backend.Backend;
import dev.transom.api.backend.Backends;
import dev.transom.api.backend.PlanOptions;
import dev.transom.api.model.OpenModel;
import dev.transom.api.sizing.Sizing;
import dev.transom.api.sizing.Sizing.Estimate;
import dev.transom.graph.Graph;
import dev.transom.graph.Operations;
import java.util.Optional;

/** Estimates loads of one model on one backend. */
record Estimator(OpenModel model, WeightTypes types, Operations operations, Backends backends, Sizing sizing,
        Optional<String> backendName) {

    String backend(Load load) {
        return backends.choose(backendName, graph(load)).name();
    }

    Estimate estimate(Load load) {
        Graph graph = graph(load);
        Backend backend = backends.choose(backendName, graph);
        return sizing.estimate(backend.plan(graph, types.plan().apply(graph), PlanOptions.EXACT), backend.name(),
            load.cachedPositions());
    }

    private Graph graph(Load load) {
        return model.definition().graph(operations, load.request(model.definition().facts().structure()));
    }
}
