package dev.transom.app.conform.internal;

import dev.transom.api.backend.Backend;
import dev.transom.api.backend.Executable;
import dev.transom.api.backend.PlanOptions;
import dev.transom.api.backend.PlanOptions.Numerics;
import dev.transom.api.backend.Workspace;
import dev.transom.api.model.OpenModel;
import dev.transom.graph.ElementType;
import dev.transom.graph.Graph;
import dev.transom.graph.HostTensor;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.IntStream;

/** Runs a model's graph once on the backend being judged: the oracle in float64, others as they are. */
record Runner(Backend backend) {

    private static final String ORACLE = "reference";

    /** Whether results are those of the oracle in float64. */
    boolean oracle() {
        return backend.name().equals(ORACLE);
    }

    /** All outputs of one run, with their actual shapes. */
    Map<String, HostTensor> run(OpenModel model, Graph graph, Map<String, HostTensor> inputs) {
        PlanOptions options = new PlanOptions(Numerics.EXACT, oracle(), 0);
        try (Executable executable = backend.load(backend.plan(graph, model.types(graph), options), model.parameters());
                Workspace workspace = executable.workspace(null)) {
            inputs.forEach((name, tensor) -> set(workspace, name, tensor));
            workspace.run();
            Map<String, HostTensor> outputs = new HashMap<>();
            for (String name : graph.outputs().keySet()) {
                int[] shape = workspace.shape(name).clone();
                double[] values = new double[IntStream.of(shape).reduce(1, Math::multiplyExact)];
                workspace.readReals(name, values);
                outputs.put(name, HostTensor.ofReals(values, IntStream.of(shape).asLongStream().toArray()));
            }
            return outputs;
        }
    }

    private static void set(Workspace workspace, String name, HostTensor tensor) {
        int[] shape = new int[tensor.shape().length];
        for (int axis = 0; axis < shape.length; axis++) {
            shape[axis] = Math.toIntExact(tensor.shape()[axis]);
        }
        if (tensor.type() == ElementType.I32) {
            workspace.setInts(name, tensor.ints(), shape);
        } else {
            workspace.setReals(name, tensor.reals(), shape);
        }
    }
}
