package dev.transom.api.tuning;

import dev.transom.api.config.Config;
import dev.transom.graph.Graph;
import dev.transom.graph.Operations;
import java.util.Map;
import java.util.Set;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * Rewrites a model's graph so that part of it learns: full, LoRA, prefix, adapter … Registered as a service; the bundle announces
 * its name with {@link dev.transom.api.capability.ProvidesTuning}.
 */
@ConsumerType
public interface TuningMethod {

    String name();

    /**
     * Rewrites a graph before autodiff.
     *
     * @param options the method's own, for example rank and alpha
     */
    Tuned apply(Operations operations, Graph graph, Config options);

    /**
     * A rewritten graph.
     *
     * @param graph     with the method's parameters added
     * @param trained   names of parameters that learn; all others stay bit-identical
     * @param initial   how new parameters start: name to a rule such as {@code zeros} or {@code normal 0.02}
     */
    record Tuned(Graph graph, Set<String> trained, Map<String, String> initial) {
        public Tuned {
            trained = Set.copyOf(trained);
            initial = Map.copyOf(initial);
        }
    }
}
