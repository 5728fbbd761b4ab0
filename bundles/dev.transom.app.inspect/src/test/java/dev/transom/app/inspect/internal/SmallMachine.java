package dev.transom.app.inspect.internal;

import dev.transom.api.TransomException;
import dev.transom.api.architecture.GraphRequest;
import dev.transom.api.architecture.ModelDefinition;
import dev.transom.api.backend.Backend;
import dev.transom.api.backend.Backends;
import dev.transom.api.backend.Device;
import dev.transom.api.backend.Executable;
import dev.transom.api.backend.Plan;
import dev.transom.api.backend.PlanOptions;
import dev.transom.api.sizing.Sizing;
import dev.transom.api.tensor.ParameterStore;
import dev.transom.api.tensor.TypePlan;
import dev.transom.graph.Graph;
import dev.transom.graph.Type;
import java.util.List;
import java.util.Optional;

/** A backend whose activations take 10 bytes a token and whose cache takes 32 a position, and sizing that leaves some bytes. */
record SmallMachine(long available) implements Backends, Backend, Sizing {

    @Override
    public Backend choose(Optional<String> name, Graph graph) {
        if (name.isPresent() && !name.get().equals("cpu")) {
            throw new TransomException("backend " + name.get() + ": it must be running.");
        }
        return this;
    }

    @Override
    public Plan plan(Graph graph, TypePlan types, PlanOptions options) {
        long weights = graph.parameters().stream()
            .mapToLong(node -> types.format(node.name()).bytes(((Type.TensorType) node.types().getFirst()).shape().maxElements()))
            .sum();
        long tokens = ((Type.TensorType) graph.input("tokens").orElseThrow().types().getFirst()).shape().maxElements();
        return new Plan(graph, types, options, weights, 0, 10 * tokens, 7, 32);
    }

    @Override
    public Estimate estimate(Plan plan, String backend, long positions) {
        return new Estimate(plan.weightBytes(), 0, plan.cacheBlockBytes() * positions, plan.activationBytes(),
            plan.scratchBytes(), plan.weightBytes() * 2, plan.weightBytes() * 3, available);
    }

    @Override
    public ModelSize size(ModelDefinition definition) {
        return new ModelSize(56, 8, 112, 16);
    }

    @Override
    public Estimate estimate(ModelDefinition definition, GraphRequest request, TypePlan types, String backend, int positions) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void requireFit(String what, Estimate estimate) {
        throw new UnsupportedOperationException();
    }

    @Override
    public String name() {
        return "cpu";
    }

    @Override
    public int preference() {
        return 0;
    }

    @Override
    public List<Device> devices() {
        return List.of();
    }

    @Override
    public List<String> unsupported(Graph graph) {
        return List.of();
    }

    @Override
    public Executable load(Plan plan, ParameterStore parameters) {
        throw new AssertionError("nothing must be loaded");
    }
}
