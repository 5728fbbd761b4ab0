package dev.transom.app.inspect.internal;

import dev.transom.api.backend.Backend;
import dev.transom.api.backend.PlanOptions;
import dev.transom.api.model.OpenModel;
import dev.transom.api.sizing.Sizing;
import dev.transom.api.sizing.Sizing.Estimate;
import dev.transom.graph.Graph;
import dev.transom.graph.Operations;
import java.util.HashMap;
import java.util.Map;

/** Estimates loads of one model on one backend, each once. Used by one thread. */
final class Estimator {

    private final OpenModel model;
    private final WeightTypes types;
    private final Operations operations;
    private final Backend backend;
    private final Sizing sizing;
    private final Map<Load, Estimate> known = new HashMap<>();

    Estimator(OpenModel model, WeightTypes types, Operations operations, Backend backend, Sizing sizing) {
        this.model = model;
        this.types = types;
        this.operations = operations;
        this.backend = backend;
        this.sizing = sizing;
    }

    static Graph graph(OpenModel model, Load load, Operations operations) {
        return model.definition().graph(operations, load.request(model.definition().facts().structure()));
    }

    Estimate estimate(Load load) {
        return known.computeIfAbsent(load, _ -> {
            Graph graph = graph(model, load, operations);
            return sizing.estimate(backend.plan(graph, types.plan().apply(graph), PlanOptions.EXACT), backend.name(),
                load.cachedPositions());
        });
    }
}
