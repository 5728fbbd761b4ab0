package dev.transom.api.backend;

import dev.transom.graph.Graph;
import java.util.Optional;
import org.osgi.annotation.versioning.ProviderType;

/** Chooses among the installed backends. Safe for concurrent use. */
@ProviderType
public interface Backends {

    /**
     * The backend called {@code name}, or the preferred one of those that run the graph.
     *
     * @param name  what the user gave to {@code --backend}; empty lets the highest preference win
     * @param graph what it must run
     * @throws dev.transom.api.TransomException when there is none, naming what is installed and which operations are wanting
     */
    Backend choose(Optional<String> name, Graph graph);
}
