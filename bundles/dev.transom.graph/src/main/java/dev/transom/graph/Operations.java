package dev.transom.graph;

import dev.transom.graph.internal.ops.CoreOperations;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.osgi.annotation.versioning.ProviderType;

/** Looks up operations by name. The service of this type knows the core operations and those that plugins bring. */
@ProviderType
public interface Operations {

    /** The operation called {@code name}, or empty when no installed bundle brings it. */
    Optional<Operation> find(String name);

    /** All operations, in no particular order. */
    Collection<Operation> all();

    /** The operation called {@code name}. */
    default Operation get(String name) {
        return find(name).orElseThrow(() -> new GraphException("operation " + name
            + ": a bundle with the capability dev.transom.operation; name=" + name + " must be installed; none is."));
    }

    /** The operations of this bundle alone, without any plugin's. */
    static Operations core() {
        return of(CoreOperations.all());
    }

    /** A fixed set of operations. */
    static Operations of(Collection<? extends Operation> operations) {
        Map<String, Operation> byName = new LinkedHashMap<>();
        operations.forEach(operation -> byName.put(operation.name(), operation));
        return new Operations() {
            @Override
            public Optional<Operation> find(String name) {
                return Optional.ofNullable(byName.get(name));
            }

            @Override
            public Collection<Operation> all() {
                return java.util.Collections.unmodifiableCollection(byName.values());
            }
        };
    }
}
