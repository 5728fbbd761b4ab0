package dev.transom.conformance.architecture;

import dev.transom.api.backend.Backend;
import dev.transom.api.backend.Caches;
import dev.transom.api.backend.Device;
import dev.transom.api.backend.Executable;
import dev.transom.api.backend.Plan;
import dev.transom.api.backend.PlanOptions;
import dev.transom.api.backend.Workspace;
import dev.transom.api.tensor.ParameterStore;
import dev.transom.api.tensor.StoredTensor;
import dev.transom.api.tensor.TypePlan;
import dev.transom.graph.Graph;
import dev.transom.graph.HostTensor;
import dev.transom.graph.Node;
import dev.transom.graph.Operations;
import dev.transom.graph.Precision;
import dev.transom.graph.ReferenceRun;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** The operations' own loops in float64 behind the interface of a backend, without caches: enough for a kit's own tests. */
record OracleBackend(Operations operations) implements Backend {

    @Override
    public String name() {
        return "reference";
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
    public Plan plan(Graph graph, TypePlan types, PlanOptions options) {
        return new Plan(graph, types, options, 0, 0, 0, 0, 0);
    }

    @Override
    public Executable load(Plan plan, ParameterStore parameters) {
        Map<String, HostTensor> bound = new HashMap<>();
        for (Node node : plan.graph().parameters()) {
            StoredTensor tensor = parameters.find(node.name()).orElseThrow();
            double[] reals = new double[Math.toIntExact(tensor.elements())];
            Arrays.setAll(reals, tensor::real);
            bound.put(node.name(), HostTensor.ofReals(reals, tensor.shape().stream().mapToLong(Long::longValue).toArray()));
        }
        return new Loaded(plan, bound, operations);
    }

    /** A graph with its parameters. */
    private record Loaded(Plan plan, Map<String, HostTensor> parameters, Operations operations) implements Executable {

        @Override
        public Caches caches(int blocks) {
            throw new UnsupportedOperationException("no caches here");
        }

        @Override
        public Workspace workspace(Caches caches) {
            return new Run(this, new HashMap<>(), new HashMap<>());
        }

        @Override
        public void close() {
            // Arrays are all it has.
        }
    }

    /** One run. */
    private record Run(Loaded graph, Map<String, HostTensor> inputs, Map<String, HostTensor> outputs) implements Workspace {

        @Override
        public void setInts(String input, int[] data, int... shape) {
            inputs.put(input, HostTensor.ofInts(data, longs(shape)));
        }

        @Override
        public void setReals(String input, float[] data, int... shape) {
            inputs.put(input, HostTensor.ofFloats(data, longs(shape)));
        }

        @Override
        public void setReals(String input, double[] data, int... shape) {
            inputs.put(input, HostTensor.ofReals(data, longs(shape)));
        }

        @Override
        public void run() {
            outputs.putAll(new ReferenceRun(graph.plan().graph(), graph.operations(), Precision.FLOAT64)
                .run(inputs, graph.parameters(), Map.of()));
        }

        @Override
        public int[] shape(String output) {
            return Arrays.stream(outputs.get(output).shape()).mapToInt(Math::toIntExact).toArray();
        }

        @Override
        public void readReals(String output, float[] into) {
            System.arraycopy(outputs.get(output).floats(), 0, into, 0, into.length);
        }

        @Override
        public void readReals(String output, double[] into) {
            System.arraycopy(outputs.get(output).reals(), 0, into, 0, into.length);
        }

        @Override
        public void close() {
            // Nothing is held.
        }

        private static long[] longs(int... shape) {
            return IntStream.of(shape).asLongStream().toArray();
        }
    }
}
