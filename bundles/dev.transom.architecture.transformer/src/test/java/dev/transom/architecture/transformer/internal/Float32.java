package dev.transom.architecture.transformer.internal;

import dev.transom.api.backend.Backend;
import dev.transom.api.backend.Device;
import dev.transom.api.backend.Executable;
import dev.transom.api.backend.Plan;
import dev.transom.api.backend.PlanOptions;
import dev.transom.api.tensor.ParameterStore;
import dev.transom.api.tensor.TypePlan;
import dev.transom.graph.Graph;
import java.util.List;

/** The oracle under another name: a kit takes it for an ordinary backend and holds its float32 to the tolerances of the case. */
record Float32(Backend oracle) implements Backend {

    @Override
    public String name() {
        return "reference in float32";
    }

    @Override
    public int preference() {
        return oracle.preference();
    }

    @Override
    public List<Device> devices() {
        return oracle.devices();
    }

    @Override
    public List<String> unsupported(Graph graph) {
        return oracle.unsupported(graph);
    }

    @Override
    public Plan plan(Graph graph, TypePlan types, PlanOptions options) {
        return oracle.plan(graph, types, new PlanOptions(options.numerics(), false, options.threads()));
    }

    @Override
    public Executable load(Plan plan, ParameterStore parameters) {
        return oracle.load(plan, parameters);
    }
}
