package dev.transom.backend.reference.internal;

import dev.transom.api.backend.Workspace;
import dev.transom.graph.Graph;
import dev.transom.graph.HostTensor;
import dev.transom.graph.ReferenceRun;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/** One run at a time; unlike other backends it allocates in every run. */
final class ReferenceWorkspace implements Workspace {

    private final Graph graph;
    private final ReferenceRun run;
    private final Parameters parameters;
    private final ReferenceCaches caches;
    private final Map<String, HostTensor> inputs = new HashMap<>();
    private Map<String, HostTensor> outputs = Map.of();

    ReferenceWorkspace(Graph graph, ReferenceRun run, Parameters parameters, ReferenceCaches caches) {
        this.graph = graph;
        this.run = run;
        this.parameters = parameters;
        this.caches = caches;
    }

    @Override
    public void setInts(String input, int[] data, int... shape) {
        set(input, HostTensor.ofInts(Arrays.copyOf(data, elements(input, data.length, shape)), sizes(shape)));
    }

    @Override
    public void setReals(String input, float[] data, int... shape) {
        set(input, HostTensor.ofFloats(Arrays.copyOf(data, elements(input, data.length, shape)), sizes(shape)));
    }

    @Override
    public void setReals(String input, double[] data, int... shape) {
        set(input, HostTensor.ofReals(Arrays.copyOf(data, elements(input, data.length, shape)), sizes(shape)));
    }

    @Override
    public void run() {
        outputs = run.run(inputs, parameters.current(), caches == null ? Map.of() : caches.layers());
    }

    @Override
    public int[] shape(String output) {
        return Arrays.stream(result(output).shape()).mapToInt(Math::toIntExact).toArray();
    }

    @Override
    public void readReals(String output, float[] into) {
        double[] reals = result(output).reals();
        for (int i = 0; i < reals.length; i++) {
            into[i] = (float) reals[i];
        }
    }

    @Override
    public void readReals(String output, double[] into) {
        double[] reals = result(output).reals();
        System.arraycopy(reals, 0, into, 0, reals.length);
    }

    @Override
    public void close() {
        inputs.clear();
        outputs = Map.of();
    }

    private void set(String input, HostTensor tensor) {
        if (graph.input(input).isEmpty()) {
            throw new IllegalArgumentException("input " + input + ": the graph must have it; it has "
                + graph.inputs().stream().map(node -> node.name()).toList() + ".");
        }
        inputs.put(input, tensor);
    }

    private HostTensor result(String output) {
        HostTensor tensor = outputs.get(output);
        if (tensor == null) {
            throw new IllegalArgumentException("output " + output + ": a run must have given it; the last gave "
                + outputs.keySet() + ".");
        }
        return tensor;
    }

    private static int elements(String input, int given, int[] shape) {
        long elements = 1;
        for (int size : shape) {
            elements *= size;
        }
        if (given < elements) {
            throw new IllegalArgumentException("input " + input + ": data must fill the shape " + Arrays.toString(shape)
                + "; got " + given + " elements.");
        }
        return (int) elements;
    }

    private static long[] sizes(int[] shape) {
        return Arrays.stream(shape).asLongStream().toArray();
    }
}
