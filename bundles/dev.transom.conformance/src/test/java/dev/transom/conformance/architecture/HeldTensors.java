package dev.transom.conformance.architecture;

import dev.transom.api.tensor.Format;
import dev.transom.api.tensor.StoredTensor;
import dev.transom.api.tensor.TensorSource;
import dev.transom.conformance.internal.HeldParameters;
import dev.transom.graph.ElementType;
import dev.transom.graph.HostTensor;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedSet;

/** Tensors that no file holds, stored as F32. */
final class HeldTensors implements TensorSource {

    private final HeldParameters held = new HeldParameters(Format.F32);
    private final SequencedSet<String> names;

    HeldTensors(Map<String, HostTensor> tensors) {
        names = new LinkedHashSet<>(tensors.keySet());
        tensors.forEach((name, tensor) -> held.put(name, tensor.type() == ElementType.F32 ? tensor
            : reals(java.util.Arrays.stream(tensor.ints()).asDoubleStream().toArray(), tensor.shape())));
    }

    static HostTensor reals(double[] values, long... shape) {
        return HostTensor.ofReals(values, shape);
    }

    @Override
    public SequencedSet<String> names() {
        return names;
    }

    @Override
    public Optional<StoredTensor> find(String name) {
        return held.find(name);
    }

    @Override
    public void close() {
        // Memory goes with it.
    }
}
