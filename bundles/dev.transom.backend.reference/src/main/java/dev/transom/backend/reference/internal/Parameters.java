package dev.transom.backend.reference.internal;

import dev.transom.api.TransomException;
import dev.transom.api.tensor.Format;
import dev.transom.api.tensor.ParameterStore;
import dev.transom.api.tensor.StoredTensor;
import dev.transom.blocks.Blocks;
import dev.transom.graph.Graph;
import dev.transom.graph.HostTensor;
import dev.transom.graph.Node;
import dev.transom.graph.Type;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;

/** The parameters of a graph as float64, expanded again whenever the store has changed. */
final class Parameters {

    /** Elements expanded at once: whole blocks of every format. */
    private static final int PART = 1 << 14;

    private final Graph graph;
    private final ParameterStore store;
    private Map<String, HostTensor> expanded;
    private long version;

    Parameters(Graph graph, ParameterStore store) {
        this.graph = graph;
        this.store = store;
        expand();
    }

    /** Every parameter by name, as the store has it now. */
    synchronized Map<String, HostTensor> current() {
        if (store.version() != version) {
            expand();
        }
        return expanded;
    }

    private void expand() {
        long now = store.version();
        Map<String, HostTensor> tensors = new HashMap<>();
        for (Node node : graph.parameters()) {
            tensors.put(node.name(), expand(node.name(), (Type.TensorType) node.types().getFirst()));
        }
        expanded = tensors;
        version = now;
    }

    private HostTensor expand(String name, Type.TensorType type) {
        StoredTensor stored = store.find(name).orElseThrow(() -> new TransomException("parameter " + name
            + ": the model must have a tensor " + type
            + " for it; none came. Use a complete checkpoint of this architecture."));
        List<Long> shape = LongStream.of(type.shape().maxSizes()).boxed().toList();
        if (!stored.shape().equals(shape)) {
            throw new TransomException("parameter " + name + ": its tensor must have the shape " + shape + "; the model has "
                + stored.shape() + " (" + stored.name() + "). Use the config.json that belongs to these weights.");
        }
        HostTensor tensor = HostTensor.zeros(type);
        double[] reals = tensor.reals();
        if (stored.format().equals(Format.F64)) {
            for (int i = 0; i < reals.length; i++) {
                reals[i] = stored.real(i);
            }
            return tensor;
        }
        float[] part = new float[Math.min(reals.length, PART)];
        for (int start = 0; start < reals.length; start += PART) {
            int count = Math.min(PART, reals.length - start);
            Blocks.decode(stored.format(), stored.data(), start, part, 0, count);
            for (int i = 0; i < count; i++) {
                reals[start + i] = part[i];
            }
        }
        return tensor;
    }
}
