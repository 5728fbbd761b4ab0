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
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;

/** The parameters of a graph where they lie in memory, looked up again whenever the store has changed. */
final class Parameters {

    private final Graph graph;
    private final ParameterStore store;
    private final Arena arena;
    private final Map<String, StoredTensor> bound = new HashMap<>();
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
            Format known = bound.containsKey(node.name()) ? bound.get(node.name()).format() : tensor.format();
            if (!known.equals(tensor.format())) {
                throw new TransomException("parameter " + node.name() + ": it was loaded as " + known + "; now it is "
                    + tensor.format() + ". Load the model again.");
            }
            bound.put(node.name(), inNativeMemory(tensor));
        }
        version = current;
        return current;
    }

    private StoredTensor inNativeMemory(StoredTensor tensor) {
        if (tensor.data().isNative()) {
            return tensor;
        }
        MemorySegment copy = arena.allocate(tensor.data().byteSize(), 64).copyFrom(tensor.data());
        return new StoredTensor(tensor.name(), tensor.format(), tensor.shape(), copy);
    }
}
