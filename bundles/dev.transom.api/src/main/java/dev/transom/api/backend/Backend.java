package dev.transom.api.backend;

import dev.transom.api.tensor.ParameterStore;
import dev.transom.api.tensor.TypePlan;
import dev.transom.graph.Graph;
import java.util.List;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * Runs graphs on devices. Registered as a service; the bundle announces the name with
 * {@link dev.transom.api.capability.ProvidesBackend}. Called from any thread.
 */
@ConsumerType
public interface Backend {

    /** The name a user gives to {@code --backend}. */
    String name();

    /** The higher, the rather is it taken when no name is given. */
    int preference();

    List<Device> devices();

    /** Names of operations in the graph that it cannot run, not even by decomposition; empty means it runs. */
    List<String> unsupported(Graph graph);

    /** Works out what running the graph will take, without weights. */
    Plan plan(Graph graph, TypePlan types, PlanOptions options);

    /**
     * Binds parameters. Mapped weights are read where they lie; what must be repacked is counted in the plan.
     *
     * @throws dev.transom.api.TransomException for a parameter that is missing or has another shape, naming it and both shapes
     */
    Executable load(Plan plan, ParameterStore parameters);
}
