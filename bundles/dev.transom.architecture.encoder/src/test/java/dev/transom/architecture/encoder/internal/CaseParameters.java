package dev.transom.architecture.encoder.internal;

import dev.transom.api.tensor.Binding;
import dev.transom.api.tensor.Format;
import dev.transom.api.tensor.ParameterStore;
import dev.transom.api.tensor.StoredTensor;
import dev.transom.api.tensor.TensorSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Parameters of a case by a definition's bindings, and their gradients as the case stores them. */
record CaseParameters(Map<String, Binding> bindings, TensorSource source) implements ParameterStore {

    @Override
    public long version() {
        return 0;
    }

    @Override
    public Optional<StoredTensor> find(String name) {
        return Optional.ofNullable(bindings.get(name)).flatMap(this::evaluate);
    }

    @Override
    public Optional<Format> format(String name) {
        return find(name).map(StoredTensor::format);
    }

    /** Name of the stored tensor that a parameter is made of. */
    String stored(String parameter) {
        return switch (bindings.get(parameter)) {
            case Binding.Stored(String name) -> name;
            case Binding.Slice(Binding.Stored(String name), int _, long _, long _) -> name;
            case Binding other -> throw new AssertionError("the test knows no inverse of " + other);
        };
    }

    private Optional<StoredTensor> evaluate(Binding binding) {
        return switch (binding) {
            case Binding.Stored(String name) -> source.find(name);
            case Binding.Slice(Binding.Stored(String name), int axis, long start, long end) when axis == 0 ->
                source.find(name).map(whole -> rows(whole, start, end));
            default -> throw new AssertionError("the test cannot evaluate " + binding);
        };
    }

    private static StoredTensor rows(StoredTensor whole, long start, long end) {
        long bytes = whole.data().byteSize() / whole.shape().getFirst();
        List<Long> shape = new ArrayList<>(whole.shape());
        shape.set(0, end - start);
        return new StoredTensor(whole.name(), whole.format(), shape,
            whole.data().asSlice(start * bytes, (end - start) * bytes));
    }
}
