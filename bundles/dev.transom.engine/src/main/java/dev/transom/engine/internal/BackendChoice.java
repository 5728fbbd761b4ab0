package dev.transom.engine.internal;

import dev.transom.api.MissingCapabilityException;
import dev.transom.api.TransomException;
import dev.transom.api.backend.Backend;
import dev.transom.api.backend.Backends;
import dev.transom.api.capability.ProvidesBackend;
import dev.transom.graph.Graph;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferencePolicyOption;

/** Takes the backend that a user names, else the preferred one that runs the graph. */
@Component
public final class BackendChoice implements Backends {

    @Reference(policyOption = ReferencePolicyOption.GREEDY)
    private volatile List<Backend> backends = List.of();

    /** For the component runtime. */
    public BackendChoice() {
    }

    BackendChoice(List<Backend> backends) {
        this.backends = backends;
    }

    @Override
    public Backend choose(Optional<String> name, Graph graph) {
        List<Backend> installed = backends;
        return name.isPresent() ? named(installed, name.get(), graph) : preferred(installed, graph);
    }

    private static Backend named(List<Backend> installed, String name, Graph graph) {
        Backend backend = installed.stream().filter(candidate -> candidate.name().equals(name)).findFirst()
            .orElseThrow(() -> missing(installed, name));
        List<String> unsupported = backend.unsupported(graph);
        if (!unsupported.isEmpty()) {
            throw new TransomException("backend " + name + ": it must run every operation of the model; it lacks " + unsupported
                + ". Choose another backend of " + names(installed) + ".");
        }
        return backend;
    }

    private static Backend preferred(List<Backend> installed, Graph graph) {
        if (installed.isEmpty()) {
            throw missing(installed, "cpu");
        }
        return installed.stream().sorted(Comparator.comparingInt(Backend::preference).reversed().thenComparing(Backend::name))
            .filter(candidate -> candidate.unsupported(graph).isEmpty()).findFirst()
            .orElseThrow(() -> new TransomException("backend: one must run every operation of the model; "
                + installed.stream().map(candidate -> candidate.name() + " lacks " + candidate.unsupported(graph)).toList()
                + ". Install the bundle that brings these operations."));
    }

    private static MissingCapabilityException missing(List<Backend> installed, String name) {
        return new MissingCapabilityException("backend " + name + ": it must be running; running are " + names(installed) + ".",
            ProvidesBackend.NAMESPACE, "name", name);
    }

    private static List<String> names(List<Backend> installed) {
        return installed.stream().map(Backend::name).sorted().toList();
    }
}
