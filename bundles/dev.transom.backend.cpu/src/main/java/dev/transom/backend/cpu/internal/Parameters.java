package dev.transom.backend.cpu.internal;

import dev.transom.api.TransomException;
import dev.transom.api.tensor.Format;
import dev.transom.api.tensor.ParameterStore;
import dev.transom.api.tensor.StoredTensor;
import dev.transom.blocks.Blocks;
import dev.transom.graph.Graph;
import dev.transom.graph.Node;
import dev.transom.graph.Type;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.LongStream;

/**
 * The parameters of a graph where they lie in memory, looked up again whenever the store has changed. Vectors (biases, weights of norms) are
 * few bytes and take part in much arithmetic, so they are held in F32 whatever they are stored in; so is what lies in a format that no
 * kernel reads.
 */
final class Parameters {

    /** Behind a copy, so that a vector may be read past its end. */
    private static final long PADDING = 64;

    /** Formats that matrices are held in as they are stored; others, which are rare, no kernel reads. */
    private static final Set<Format> KEPT = Set.of(Format.F32, Format.F16, Format.BF16, Format.Q8_0, Format.Q4_0, Format.Q4_1, Format.Q5_0,
        Format.Q5_1, Format.Q2_K, Format.Q3_K, Format.Q4_K, Format.Q5_K, Format.Q6_K, Format.IQ4_NL, Format.IQ4_XS, Format.MXFP4);
    /** Elements expanded at once: whole blocks of every format. */
    private static final int PART = 1 << 14;

    private final Graph graph;
    private final ParameterStore store;
    private final Arena arena;
    private final Map<String, StoredTensor> bound = new HashMap<>();
    private final Map<String, Format> stored = new HashMap<>();
    private final Map<String, MemorySegment> copies = new HashMap<>();
    private volatile long version;

    Parameters(Graph graph, ParameterStore store, Arena arena) {
        this.graph = graph;
        this.store = store;
        this.arena = arena;
        bind();
    }

    /** The store's version that the addresses belong to. */
    long version() {
        return store.version() == version ? version : bind();
    }

    synchronized Format format(String name) {
        return bound.get(name).format();
    }

    synchronized long address(String name) {
        return bound.get(name).data().address();
    }

    private synchronized long bind() {
        long current = store.version();
        for (Node node : graph.parameters()) {
            Type.TensorType type = (Type.TensorType) node.types().getFirst();
            StoredTensor tensor = store.find(node.name()).orElseThrow(() -> new TransomException("parameter " + node.name()
                + ": the model must have a tensor " + type + " for it; none came. Use a complete checkpoint of this architecture."));
            List<Long> shape = LongStream.of(type.shape().maxSizes()).boxed().toList();
            if (!tensor.shape().equals(shape)) {
                throw new TransomException("parameter " + node.name() + ": its tensor must have the shape " + shape
                    + "; the model has " + tensor.shape() + " (" + tensor.name()
                    + "). Use the config.json that belongs to these weights.");
            }
            Format known = stored.getOrDefault(node.name(), tensor.format());
            if (!known.equals(tensor.format())) {
                throw new TransomException("parameter " + node.name() + ": it was loaded as " + known + "; now it is "
                    + tensor.format() + ". Load the model again.");
            }
            stored.put(node.name(), known);
            bound.put(node.name(), inNativeMemory(node.name(), tensor));
        }
        version = current;
        return current;
    }

    /** The format in which a parameter is held. */
    static Format held(Type.TensorType type, Format format) {
        return widened(type.shape().rank(), format) ? Format.F32 : format;
    }

    private static boolean widened(int rank, Format format) {
        return !format.equals(Format.F32) && (rank <= 1 || !KEPT.contains(format));
    }

    private StoredTensor inNativeMemory(String name, StoredTensor tensor) {
        if (widened(tensor.shape().size(), tensor.format())) {
            MemorySegment copy = copy(name, Format.F32.bytes(tensor.elements()));
            float[] part = new float[(int) Math.min(PART, tensor.elements())];
            for (long i = 0; i < tensor.elements(); i += PART) {
                int count = (int) Math.min(PART, tensor.elements() - i);
                Blocks.decode(tensor.format(), tensor.data(), i, part, 0, count);
                MemorySegment.copy(part, 0, copy, ValueLayout.JAVA_FLOAT, 4 * i, count);
            }
            return new StoredTensor(tensor.name(), Format.F32, tensor.shape(), copy);
        }
        if (tensor.data().isNative()) {
            return tensor;
        }
        MemorySegment copy = copy(name, tensor.data().byteSize()).copyFrom(tensor.data());
        return new StoredTensor(tensor.name(), tensor.format(), tensor.shape(), copy);
    }

    /** Memory of a parameter's own, the same for each version. */
    private MemorySegment copy(String name, long bytes) {
        return copies.computeIfAbsent(name, _ -> arena.allocate(Math.max(1, bytes) + PADDING, PADDING).asSlice(0, bytes));
    }
}
