package dev.transom.api.architecture;

import dev.transom.api.tensor.Binding;
import dev.transom.graph.Graph;
import dev.transom.graph.Operations;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.osgi.annotation.versioning.ConsumerType;

/** One configuration of an architecture: builds graphs and says where their parameters are stored. Immutable. */
@ConsumerType
public interface ModelDefinition {

    ModelFacts facts();

    /**
     * Builds the graph for a request. Inputs are named as in {@link Inputs}; outputs as the heads say, plus those that
     * {@link GraphRequest.Extra} names.
     *
     * @throws dev.transom.api.TransomException for a head that the model does not have
     */
    Graph graph(Operations operations, GraphRequest request);

    /**
     * The expressions that make this model's parameters from stored tensors.
     *
     * @param stored names that the file holds, so that prefixes and variants of names are recognised
     * @return parameter name to expression, for every parameter of every head whose tensors the file could hold
     */
    Map<String, Binding> bindings(Set<String> stored);

    /**
     * Inverse RoPE frequencies for a row whose longest position so far is {@code length − 1}: {@code [half]}.
     *
     * @param length positions in the row, prompt and answer so far; matters only to length-dependent scalings
     * @return empty where the model has no RoPE
     */
    default Optional<double[]> ropeFrequencies(int length) {
        return Optional.empty();
    }
}
