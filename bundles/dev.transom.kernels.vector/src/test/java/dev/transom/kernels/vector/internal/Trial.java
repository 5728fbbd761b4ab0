package dev.transom.kernels.vector.internal;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.transom.api.backend.Executable;
import dev.transom.api.backend.PlanOptions;
import dev.transom.api.backend.Workspace;
import dev.transom.api.kernel.KernelProvider;
import dev.transom.api.kernel.KernelRequest;
import dev.transom.api.tensor.Format;
import dev.transom.api.tensor.ParameterStore;
import dev.transom.api.tensor.StoredTensor;
import dev.transom.api.tensor.TypePlan;
import dev.transom.backend.cpu.internal.CpuBackend;
import dev.transom.blocks.Blocks;
import dev.transom.graph.Attributes;
import dev.transom.graph.Dim;
import dev.transom.graph.ElementType;
import dev.transom.graph.Graph;
import dev.transom.graph.GraphBuilder;
import dev.transom.graph.HostTensor;
import dev.transom.graph.Node;
import dev.transom.graph.Operations;
import dev.transom.graph.Precision;
import dev.transom.graph.ReferenceRun;
import dev.transom.graph.Shape;
import dev.transom.graph.Type;
import dev.transom.graph.Value;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;

/** One operation on given data, run by the kernels of this bundle and by its definition in float64. */
final class Trial {

    private final String operation;
    private final Attributes attributes;
    private final List<HostTensor> inputs = new ArrayList<>();
    private final Map<Integer, Format> parameters = new HashMap<>();
    private final Map<String, StoredTensor> stored = new HashMap<>();
    private boolean ragged;

    Trial(String operation, Attributes attributes) {
        this.operation = operation;
        this.attributes = attributes;
    }

    Trial reals(double[] elements, long... shape) {
        inputs.add(HostTensor.ofReals(elements, shape).rounded());
        return this;
    }

    Trial ints(int[] elements, long... shape) {
        inputs.add(HostTensor.ofInts(elements, shape));
        return this;
    }

    Trial normal(RandomGenerator random, long... shape) {
        double[] elements = new double[Math.toIntExact(product(shape))];
        for (int i = 0; i < elements.length; i++) {
            elements[i] = random.nextGaussian();
        }
        return reals(elements, shape);
    }

    /** A parameter stored in a format, which rounds it. */
    Trial parameter(RandomGenerator random, Format format, long... shape) {
        normal(random, shape);
        int index = inputs.size() - 1;
        parameters.put(index, format);
        HostTensor tensor = inputs.get(index);
        MemorySegment data = Arena.ofAuto().allocate(format.bytes(product(shape)) + 2, 4).asSlice(2, format.bytes(product(shape)));
        double[] rounded = new double[tensor.reals().length];
        for (int i = 0; i < rounded.length; i++) {
            float value = (float) tensor.reals()[i];
            switch (format.name()) {
                case "F32" -> data.set(ValueLayout.JAVA_FLOAT_UNALIGNED, 4L * i, value);
                case "F16" -> data.set(ValueLayout.JAVA_SHORT_UNALIGNED, 2L * i, Float.floatToFloat16(value));
                case "BF16" -> data.set(ValueLayout.JAVA_SHORT_UNALIGNED, 2L * i, (short) (Float.floatToRawIntBits(value) >>> 16));
                default -> data.set(ValueLayout.JAVA_BYTE, i % data.byteSize(), (byte) random.nextInt(256));
            }
        }
        if (format.blocked()) {
            blocks(format, tensor, data);
        }
        StoredTensor made = new StoredTensor("p" + index, format, java.util.stream.LongStream.of(shape).boxed().toList(), data);
        float[] read = Blocks.decode(made);
        for (int i = 0; i < rounded.length; i++) {
            rounded[i] = read[i];
        }
        inputs.set(index, HostTensor.ofReals(rounded, shape));
        stored.put("p" + index, made);
        return this;
    }

    /** Quantises; formats that nothing writes keep random bits, with a scale of one. */
    private static void blocks(Format format, HostTensor tensor, MemorySegment data) {
        if (Blocks.encodes(format)) {
            float[] values = tensor.floats();
            Blocks.encode(format, values, 0, values.length, data, 0);
            return;
        }
        for (long at = 0; at < data.byteSize(); at += format.blockBytes()) {
            if (format.equals(Format.MXFP4)) {
                data.set(ValueLayout.JAVA_BYTE, at, (byte) 127);
            } else {
                data.set(ValueLayout.JAVA_SHORT_UNALIGNED, at, Float.floatToFloat16(0.01f));
            }
        }
    }

    /** Declares the first axis of every input that is no parameter as bounded, with room to spare. */
    Trial ragged() {
        ragged = true;
        return this;
    }

    /** Runs on the kernels as they are in an old process; fails if there is none. */
    float[][] run(int threads) {
        return run(threads, true);
    }

    private float[][] run(int threads, boolean warm) {
        Graph graph = graph();
        CpuBackend backend = new CpuBackend(Operations.core());
        boolean[] found = new boolean[1];
        backend.addProvider(new KernelProvider() {
            @Override
            public String name() {
                return "watched";
            }

            @Override
            public int preference() {
                return 1;
            }

            @Override
            public Optional<dev.transom.api.kernel.Kernel> kernel(KernelRequest request) {
                var kernel = new VectorKernels(warm).kernel(request);
                found[0] |= kernel.isPresent();
                return kernel;
            }
        });
        Executable executable = backend.load(backend.plan(graph, TypePlan.uniform(Format.F32),
            PlanOptions.EXACT.withThreads(threads)), new Store());
        assertTrue(found[0], "there must be a kernel for " + operation);
        try (executable; Workspace workspace = executable.workspace(null)) {
            for (int i = 0; i < inputs.size(); i++) {
                if (!parameters.containsKey(i)) {
                    set(workspace, "x" + i, inputs.get(i));
                }
            }
            workspace.run();
            int outputs = graph.outputs().size();
            float[][] results = new float[outputs][];
            for (int i = 0; i < outputs; i++) {
                long elements = 1;
                for (int size : workspace.shape("y" + i)) {
                    elements *= size;
                }
                results[i] = new float[Math.toIntExact(elements)];
                workspace.readReals("y" + i, results[i]);
            }
            return results;
        }
    }

    HostTensor[] expected() {
        Map<String, HostTensor> given = new HashMap<>();
        for (int i = 0; i < inputs.size(); i++) {
            given.put((parameters.containsKey(i) ? "p" : "x") + i, inputs.get(i));
        }
        return new ReferenceRun(graph(), Operations.core(), Precision.FLOAT64).run(given, Map.of()).values()
            .toArray(HostTensor[]::new);
    }

    /**
     * Fails unless every output is within {@code tolerance} of the largest expected magnitude (at least 1), and has the same bits
     * in a young process.
     */
    void check(double tolerance) {
        HostTensor[] expected = expected();
        for (int threads = 1; threads <= 3; threads += 2) {
            float[][] actual = run(threads);
            float[][] young = run(threads, false);
            for (int i = 0; i < expected.length; i++) {
                assertArrayEquals(actual[i], young[i], operation + attributes + ", young");
                compare(expected[i].reals(), actual[i], tolerance, operation + attributes + " output " + i + " of " + inputs);
            }
        }
    }

    private static void compare(double[] expected, float[] actual, double tolerance, String where) {
        assertEquals(expected.length, actual.length, where);
        double largest = 1;
        for (double value : expected) {
            largest = Math.max(largest, Double.isFinite(value) ? Math.abs(value) : 0);
        }
        for (int i = 0; i < expected.length; i++) {
            boolean same = Double.isFinite(expected[i]) && Math.abs(expected[i]) < Float.MAX_VALUE
                ? Math.abs(expected[i] - actual[i]) <= tolerance * largest
                : Float.compare((float) expected[i], actual[i]) == 0;
            if (!same) {
                assertEquals(expected[i], actual[i], where + " at " + i + ", largest " + largest);
            }
        }
    }

    private Graph graph() {
        GraphBuilder g = new GraphBuilder(Operations.core());
        List<Value> values = new ArrayList<>();
        for (int i = 0; i < inputs.size(); i++) {
            HostTensor tensor = inputs.get(i);
            Shape shape = Shape.of(tensor.shape());
            if (parameters.containsKey(i)) {
                values.add(g.parameter("p" + i, Type.f32(shape)));
            } else {
                if (ragged && shape.rank() > 0) {
                    long size = shape.dim(0).max();
                    shape = shape.with(0, Dim.bounded("d" + size, size + 3));
                }
                values.add(g.input("x" + i, new Type.TensorType(tensor.type(), shape)));
            }
        }
        Node node = g.apply(operation, attributes, values);
        for (int i = 0; i < node.types().size(); i++) {
            g.output("y" + i, node.output(i));
        }
        return g.build();
    }

    private static void set(Workspace workspace, String name, HostTensor tensor) {
        int[] shape = new int[tensor.shape().length];
        for (int axis = 0; axis < shape.length; axis++) {
            shape[axis] = Math.toIntExact(tensor.shape()[axis]);
        }
        if (tensor.type() == ElementType.F32) {
            workspace.setReals(name, tensor.floats(), shape);
        } else {
            workspace.setInts(name, tensor.ints(), shape);
        }
    }

    private static long product(long... shape) {
        long product = 1;
        for (long size : shape) {
            product *= size;
        }
        return product;
    }

    private final class Store implements ParameterStore {

        @Override
        public long version() {
            return 0;
        }

        @Override
        public Optional<StoredTensor> find(String name) {
            return Optional.ofNullable(stored.get(name));
        }

        @Override
        public Optional<Format> format(String name) {
            return find(name).map(StoredTensor::format);
        }
    }
}
