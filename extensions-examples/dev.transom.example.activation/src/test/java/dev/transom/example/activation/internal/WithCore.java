package dev.transom.example.activation.internal;

import dev.transom.graph.Operation;
import dev.transom.graph.Operations;
import java.util.ArrayList;
import java.util.List;

/** The core operations and those of a plugin, as the service of a running platform has them. */
final class WithCore {

    private WithCore() {
    }

    static Operations operations(Operation... plugin) {
        List<Operation> all = new ArrayList<>(Operations.core().all());
        all.addAll(List.of(plugin));
        return Operations.of(all);
    }
}
