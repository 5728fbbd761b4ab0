package dev.transom.backend.cpu.internal;

import dev.transom.api.kernel.KernelArguments;
import dev.transom.api.tensor.Format;
import dev.transom.blocks.Blocks;
import dev.transom.graph.Attributes;
import dev.transom.graph.ElementType;
import dev.transom.graph.Node;
import dev.transom.graph.ReferenceArguments;
import dev.transom.graph.Shape;
import dev.transom.graph.Type;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.List;
import java.util.stream.IntStream;

/** Copies a node's data into the arrays of a reference kernel, and its results back, rounded to float32. */
final class ReferenceCall implements ReferenceArguments {

    private final Node node;
    private final KernelArguments arguments;
    private final Object[] inputs;
    private final Object[] outputs;

    ReferenceCall(Node node, List<Format> formats, KernelArguments arguments) {
        this.node = node;
        this.arguments = arguments;
        this.inputs = new Object[node.inputs().size()];
        this.outputs = new Object[node.types().size()];
        for (int i = 0; i < inputs.length; i++) {
            Type type = node.inputs().get(i).type();
            inputs[i] = switch (type) {
                case Type.CacheType cache -> cache(i, cache);
                case Type.TensorType tensor when tensor.element() == ElementType.I32 ->
                    segment(arguments.inputAddress(i), arguments.elements(i) * 4).toArray(ValueLayout.JAVA_INT_UNALIGNED);
                case Type.TensorType _ ->
                    reals(formats.get(i), arguments.inputAddress(i), arguments.elements(i));
            };
        }
        for (int i = 0; i < outputs.length; i++) {
            if (node.types().get(i) instanceof Type.TensorType tensor) {
                int elements = Math.toIntExact(arguments.outputElements(i));
                outputs[i] = tensor.element() == ElementType.I32 ? new int[elements] : new double[elements];
            }
        }
    }

    /** Writes outputs and caches back to the executor's memory. */
    void store() {
        for (int i = 0; i < outputs.length; i++) {
            if (outputs[i] instanceof double[] reals) {
                store(reals, arguments.outputAddress(i));
            } else if (outputs[i] instanceof int[] ints) {
                MemorySegment.copy(ints, 0, segment(arguments.outputAddress(i), ints.length * 4L),
                    ValueLayout.JAVA_INT_UNALIGNED, 0, ints.length);
            }
        }
        boolean appends = node.types().stream().anyMatch(Type.CacheType.class::isInstance);
        for (int i = 0; appends && i < inputs.length; i++) {
            if (inputs[i] instanceof ReferenceCache cache) {
                store(cache.keys(), arguments.keysAddress(i));
                store(cache.values(), arguments.valuesAddress(i));
            }
        }
    }

    private ReferenceCache cache(int input, Type.CacheType type) {
        long positions = (long) arguments.slots(input) * type.kvHeads();
        return new ReferenceCache(type, reals(Format.F32, arguments.keysAddress(input), positions * type.keyDim()),
            reals(Format.F32, arguments.valuesAddress(input), positions * type.valueDim()));
    }

    private double[] reals(Format format, long address, long elements) {
        float[] floats = new float[Math.toIntExact(elements)];
        Blocks.decode(format, segment(address, format.bytes(elements)), 0, floats, 0, floats.length);
        double[] reals = new double[floats.length];
        for (int i = 0; i < reals.length; i++) {
            reals[i] = floats[i];
        }
        return reals;
    }

    private static void store(double[] reals, long address) {
        for (int i = 0; i < reals.length; i++) {
            StepArguments.MEMORY.set(ValueLayout.JAVA_FLOAT_UNALIGNED, address + 4L * i, (float) reals[i]);
        }
    }

    private static MemorySegment segment(long address, long bytes) {
        return StepArguments.MEMORY.asSlice(address, bytes);
    }

    @Override
    public Attributes attributes() {
        return node.attributes();
    }

    @Override
    public int inputs() {
        return inputs.length;
    }

    @Override
    public int[] shape(int index) {
        return IntStream.range(0, arguments.rank(index)).map(axis -> arguments.dim(index, axis)).toArray();
    }

    @Override
    public double[] reals(int index) {
        return (double[]) inputs[index];
    }

    @Override
    public int[] ints(int index) {
        return (int[]) inputs[index];
    }

    @Override
    public ReferenceCache cache(int index) {
        return (ReferenceCache) inputs[index];
    }

    @Override
    public int[] outShape(int index) {
        int rank = ((Type.TensorType) node.types().get(index)).shape().rank();
        return IntStream.range(0, rank).map(axis -> arguments.outputDim(index, axis)).toArray();
    }

    @Override
    public double[] outReals(int index) {
        return (double[]) outputs[index];
    }

    @Override
    public int[] outInts(int index) {
        return (int[]) outputs[index];
    }

    @Override
    public List<Type> types() {
        return IntStream.range(0, inputs.length).mapToObj(i -> switch (node.inputs().get(i).type()) {
            case Type.CacheType cache -> (Type) cache;
            case Type.TensorType tensor -> new Type.TensorType(tensor.element(),
                Shape.of(IntStream.of(shape(i)).asLongStream().toArray()));
        }).toList();
    }
}
