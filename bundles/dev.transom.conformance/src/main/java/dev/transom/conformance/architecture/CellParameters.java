package dev.transom.conformance.architecture;

import dev.transom.api.tensor.Binding;
import dev.transom.api.tensor.Format;
import dev.transom.api.tensor.ParameterStore;
import dev.transom.api.tensor.StoredTensor;
import dev.transom.api.tensor.TensorSource;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Parameters bound by the kit itself: a stored tensor stays where it lies, everything else becomes F32. */
final class CellParameters implements ParameterStore {

    private final Map<String, Binding> bindings;
    private final TensorSource source;
    private final Map<String, StoredTensor> bound = new ConcurrentHashMap<>();

    CellParameters(Map<String, Binding> bindings, TensorSource source) {
        this.bindings = bindings;
        this.source = source;
    }

    @Override
    public long version() {
        return 0;
    }

    @Override
    public Optional<StoredTensor> find(String name) {
        return Optional.ofNullable(bindings.get(name)).filter(binding -> BindingCells.missing(binding, source) == null)
            .map(binding -> bound.computeIfAbsent(name, _ -> evaluated(name, binding)));
    }

    @Override
    public Optional<Format> format(String name) {
        return find(name).map(StoredTensor::format);
    }

    private StoredTensor evaluated(String name, Binding binding) {
        if (binding instanceof Binding.Stored(String stored)) {
            return source.find(stored).orElseThrow();
        }
        BindingCells cells = BindingCells.of(binding, source);
        double[] values = cells.values();
        MemorySegment data = Arena.ofAuto().allocate(Math.max(1, values.length) * 4L, 64).asSlice(0, values.length * 4L);
        for (int i = 0; i < values.length; i++) {
            data.setAtIndex(ValueLayout.JAVA_FLOAT, i, (float) values[i]);
        }
        return new StoredTensor(name, Format.F32, Arrays.stream(cells.shape()).boxed().toList(), data);
    }
}
