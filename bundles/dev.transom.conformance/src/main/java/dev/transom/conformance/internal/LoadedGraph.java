package dev.transom.conformance.internal;

import dev.transom.api.TransomException;
import dev.transom.api.backend.Backend;
import dev.transom.api.backend.Caches;
import dev.transom.api.backend.Executable;
import dev.transom.api.backend.PlanOptions;
import dev.transom.api.backend.Workspace;
import dev.transom.api.tensor.Format;
import dev.transom.api.tensor.ParameterStore;
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
public final class LoadedGraph implements AutoCloseable {

    private final Graph graph;
    private final Executable executable;

    /** In float32 on a number of threads, all parameters stored in one format. */
    public LoadedGraph(Backend backend, Graph graph, ParameterStore parameters, Format format, int threads) {
        this(backend, graph, parameters, TypePlan.uniform(format), PlanOptions.EXACT.withThreads(threads));
    }

    public LoadedGraph(Backend backend, Graph graph, ParameterStore parameters, TypePlan types, PlanOptions options) {
        this.graph = graph;
        this.executable = backend.load(backend.plan(graph, types, options), parameters);
    }

    public Caches caches(int blocks) {
        return executable.caches(blocks);
    }

    public Workspace workspace(Caches caches) {
        return executable.workspace(caches);
    }

    /** Sets all inputs of the graph that {@code tensors} has, runs, and reads all outputs that are tensors. */
    public Map<String, HostTensor> run(Workspace workspace, Map<String, HostTensor> tensors) {
        for (Node input : graph.inputs()) {
            HostTensor tensor = tensors.get(input.name());
            if (tensor == null) {
                throw new TransomException("graph: its input " + input.name() + " must be given; given are "
                    + tensors.keySet() + ".");
            }
            int[] shape = sizes(tensor);
            if (tensor.type() == ElementType.I32) {
                workspace.setInts(input.name(), tensor.ints(), shape);
            } else {
                workspace.setReals(input.name(), tensor.reals(), shape);
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
    public Map<String, HostTensor> run(Map<String, HostTensor> tensors) {
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
        double[] reals = new double[Arrays.stream(shape).reduce(1, (a, b) -> a * b)];
        workspace.readReals(output, reals);
        return HostTensor.ofReals(reals, Arrays.stream(shape).asLongStream().toArray());
    }

    private static int[] sizes(HostTensor tensor) {
        return Arrays.stream(tensor.shape()).mapToInt(Math::toIntExact).toArray();
    }
}
