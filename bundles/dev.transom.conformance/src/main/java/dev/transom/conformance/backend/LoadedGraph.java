package dev.transom.conformance.backend;

import dev.transom.api.backend.Backend;
import dev.transom.api.backend.Caches;
import dev.transom.api.backend.Executable;
import dev.transom.api.backend.Plan;
import dev.transom.api.backend.PlanOptions;
import dev.transom.api.backend.Workspace;
import dev.transom.api.tensor.Format;
import dev.transom.api.tensor.TypePlan;
import dev.transom.graph.ElementType;
import dev.transom.graph.Graph;
import dev.transom.graph.HostTensor;
import dev.transom.graph.Node;
import dev.transom.graph.Type;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/** A graph on the backend under test, its parameters bound. */
final class LoadedGraph implements AutoCloseable {

    private final Graph graph;
    private final Executable executable;

    LoadedGraph(Backend backend, Graph graph, HeldParameters parameters, Format format, int threads) {
        this.graph = graph;
        Plan plan = backend.plan(graph, TypePlan.uniform(format), PlanOptions.EXACT.withThreads(threads));
        this.executable = backend.load(plan, parameters);
    }

    Caches caches(int blocks) {
        return executable.caches(blocks);
    }

    Workspace workspace(Caches caches) {
        return executable.workspace(caches);
    }

    /** Sets all inputs of the graph that {@code tensors} has, runs, and reads all outputs that are tensors. */
    Map<String, HostTensor> run(Workspace workspace, Map<String, HostTensor> tensors) {
        for (Node input : graph.inputs()) {
            HostTensor tensor = tensors.get(input.name());
            int[] shape = sizes(tensor);
            if (tensor.type() == ElementType.I32) {
                workspace.setInts(input.name(), tensor.ints(), shape);
            } else {
                workspace.setReals(input.name(), tensor.floats(), shape);
            }
        }
        workspace.run();
        Map<String, HostTensor> results = new LinkedHashMap<>();
        graph.outputs().forEach((name, value) -> {
            if (value.type() instanceof Type.TensorType type && type.element() == ElementType.F32) {
                results.put(name, read(workspace, name));
            }
        });
        return results;
    }

    /** One run in a workspace of its own, without caches. */
    Map<String, HostTensor> run(Map<String, HostTensor> tensors) {
        try (Workspace workspace = workspace(null)) {
            return run(workspace, tensors);
        }
    }

    @Override
    public void close() {
        executable.close();
    }

    private static HostTensor read(Workspace workspace, String output) {
        int[] shape = workspace.shape(output);
        float[] reals = new float[Arrays.stream(shape).reduce(1, (a, b) -> a * b)];
        workspace.readReals(output, reals);
        return HostTensor.ofFloats(reals, Arrays.stream(shape).asLongStream().toArray());
    }

    private static int[] sizes(HostTensor tensor) {
        return Arrays.stream(tensor.shape()).mapToInt(Math::toIntExact).toArray();
    }
}
