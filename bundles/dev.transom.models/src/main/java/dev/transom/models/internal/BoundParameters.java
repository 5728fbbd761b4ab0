package dev.transom.models.internal;

import dev.transom.api.tensor.Binding;
import dev.transom.api.tensor.Format;
import dev.transom.api.tensor.ParameterStore;
import dev.transom.api.tensor.StoredTensor;
import java.lang.foreign.Arena;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** The parameters of an open model, bound when they are first asked for. */
final class BoundParameters implements ParameterStore {

    private final Map<String, Binding> expressions;
    private final Bindings bindings;
    private final Arena arena;
    private final Map<String, StoredTensor> bound = new ConcurrentHashMap<>();

    BoundParameters(Map<String, Binding> expressions, Bindings bindings, Arena arena) {
        this.expressions = Map.copyOf(expressions);
        this.bindings = bindings;
        this.arena = arena;
    }

    /** Files do not change while they are open. */
    @Override
    public long version() {
        return 0;
    }

    @Override
    public Optional<StoredTensor> find(String name) {
        return expression(name).map(binding -> bound.computeIfAbsent(name, _ -> bindings.evaluate(name, binding, arena)));
    }

    @Override
    public Optional<Format> format(String name) {
        return expression(name).map(bindings::format);
    }

    private Optional<Binding> expression(String name) {
        return Optional.ofNullable(expressions.get(name)).filter(bindings::complete);
    }
}
