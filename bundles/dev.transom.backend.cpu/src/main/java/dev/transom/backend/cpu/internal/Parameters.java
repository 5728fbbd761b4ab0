package dev.transom.backend.cpu.internal;

import dev.transom.api.TransomException;
import dev.transom.api.tensor.Format;
import dev.transom.api.tensor.ParameterStore;
import dev.transom.api.tensor.StoredTensor;
import dev.transom.graph.Graph;
import dev.transom.graph.Node;
import dev.transom.graph.Type;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;

/**
 * The parameters of a graph where they lie in memory, looked up again whenever the store has changed. Vectors (biases, weights of norms) are
 * few bytes and take part in much arithmetic, so they are held in F32 whatever they are stored in.
 */
final class Parameters {

    /** Behind a copy, so that a vector may be read past its end. */
    private static final long PADDING = 64;

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
        return rank <= 1 && (format.equals(Format.F16) || format.equals(Format.BF16));
    }

    private StoredTensor inNativeMemory(String name, StoredTensor tensor) {
        if (widened(tensor.shape().size(), tensor.format())) {
            MemorySegment copy = copy(name, Format.F32.bytes(tensor.elements()));
            for (long i = 0; i < tensor.elements(); i++) {
                copy.setAtIndex(ValueLayout.JAVA_FLOAT, i, (float) tensor.real(i));
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
