package dev.transom.graph;

import java.util.List;
import java.util.Optional;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * Defines one operation, once: its type rule, gradient, cost and reference kernel.
 *
 * <p>Implementations are stateless and called from any thread. Core operations live in this bundle; a plugin registers its own
 * as a service with the capability {@code dev.transom.operation}; it should then also give a {@link #decompose decomposition}
 * into core operations, so that a backend without its kernel still runs it.
 */
@ConsumerType
public interface Operation {

    /** The name in graphs: lower case with underscores. */
    String name();

    /** Raised when the meaning of attributes or inputs changes. */
    default int version() {
        return 1;
    }

    /**
     * Checks attributes and inputs and gives the output types. Called with bounded dimensions when a graph is built and with
     * the actual (fixed) sizes when it is run, so it is also the rule of run-time shapes.
     *
     * @throws GraphException through {@link Rules}, without the place (the builder adds it)
     */
    List<Type> types(Attributes attributes, List<Type> inputs);

    /**
     * Emits the gradients of the inputs, given those of the outputs.
     *
     * @return one entry for each input, null where the input has no gradient (integers) or none is wanted
     */
    default List<Value> gradient(GradientContext context) {
        throw new GraphException("operation " + name() + ": it has no gradient; a loss depends on it. Use it outside training.");
    }

    /** FLOPs and bytes at the maxima of the given types. */
    Cost cost(Attributes attributes, List<Type> inputs, List<Type> outputs);

    /** Computes the outputs by plain loops; the definition that every kernel is compared with. */
    void reference(ReferenceArguments run);

    /**
     * Rewrites one application of this operation into core operations; empty for core operations.
     *
     * @param builder where to emit
     * @return the outputs, or empty when there is no decomposition
     */
    default Optional<List<Value>> decompose(GraphBuilder builder, Attributes attributes, List<Value> inputs) {
        return Optional.empty();
    }
}
