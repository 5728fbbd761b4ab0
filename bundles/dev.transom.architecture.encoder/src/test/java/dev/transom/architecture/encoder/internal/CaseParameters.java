package dev.transom.architecture.encoder.internal;

import dev.transom.api.tensor.Binding;
import dev.transom.api.tensor.Format;
import dev.transom.api.tensor.ParameterStore;
import dev.transom.api.tensor.StoredTensor;
import dev.transom.api.tensor.TensorSource;
import java.util.Map;
import java.util.Optional;

/** Parameters of a case by a definition's bindings: in this family each is a stored tensor as it lies. */
record CaseParameters(Map<String, Binding> bindings, TensorSource source) implements ParameterStore {

    @Override
    public long version() {
        return 0;
    }

    @Override
    public Optional<StoredTensor> find(String name) {
        return Optional.ofNullable(bindings.get(name)).flatMap(_ -> source.find(stored(name)));
    }

    @Override
    public Optional<Format> format(String name) {
        return find(name).map(StoredTensor::format);
    }

    /** Name of the stored tensor that a parameter is. */
    String stored(String parameter) {
        return ((Binding.Stored) bindings.get(parameter)).name();
    }
}
