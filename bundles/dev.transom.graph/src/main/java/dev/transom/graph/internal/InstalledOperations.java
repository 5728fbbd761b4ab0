package dev.transom.graph.internal;

import dev.transom.graph.Operation;
import dev.transom.graph.Operations;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;

/**
 * The core operations and those that bundles bring while they are installed. A core name cannot be taken; of two services with one
 * name the framework's order decides: higher ranking, then the older.
 */
@Component
public final class InstalledOperations implements Operations {

    private static final System.Logger LOG = System.getLogger("dev.transom.graph");

    private final Operations core = Operations.core();
    private final List<Plugin> plugins = new ArrayList<>();
    private volatile Operations all = core;

    private record Plugin(Operation operation, int ranking, long id) {

        static final Comparator<Plugin> ORDER = Comparator.comparingInt(Plugin::ranking).reversed().thenComparingLong(Plugin::id);

        static Plugin of(Operation operation, Map<String, Object> properties) {
            int ranking = properties.get("service.ranking") instanceof Integer given ? given : 0;
            return new Plugin(operation, ranking, (Long) properties.get("service.id"));
        }
    }

    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC,
        policyOption = ReferencePolicyOption.GREEDY)
    synchronized void bindOperation(Operation operation, Map<String, Object> properties) {
        find(operation.name()).ifPresent(other -> LOG.log(System.Logger.Level.WARNING, "operation " + operation.name()
            + ": one name must be brought by one bundle; " + operation.getClass().getName() + " came beside "
            + other.getClass().getName() + ". Uninstall one of the bundles."));
        plugins.add(Plugin.of(operation, properties));
        rebuild();
    }

    synchronized void unbindOperation(Operation operation, Map<String, Object> properties) {
        plugins.remove(Plugin.of(operation, properties));
        rebuild();
    }

    private void rebuild() {
        plugins.sort(Plugin.ORDER.reversed());
        // Operations.of lets the last of one name win: the best plugin after the others, core after all.
        List<Operation> ordered = new ArrayList<>(plugins.stream().map(Plugin::operation).toList());
        ordered.addAll(core.all());
        all = Operations.of(ordered);
    }

    @Override
    public Optional<Operation> find(String name) {
        return all.find(name);
    }

    @Override
    public Collection<Operation> all() {
        return all.all();
    }
}
