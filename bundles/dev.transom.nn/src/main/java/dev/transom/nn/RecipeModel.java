package dev.transom.nn;

import dev.transom.api.TransomException;
import dev.transom.api.architecture.GraphRequest;
import dev.transom.api.architecture.ModelDefinition;
import dev.transom.api.architecture.ModelFacts;
import dev.transom.api.tensor.Binding;
import dev.transom.graph.Graph;
import dev.transom.graph.Operations;
import dev.transom.graph.Value;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * A model that is a recipe with heads; what an architecture makes of a configuration.
 *
 * @param facts   see {@link Recipe#facts}
 * @param recipe  what it is made of
 * @param heads   every head that the configuration has
 * @param binding from the names that a file holds to an expression for each parameter, see {@link BindingTable}
 */
public record RecipeModel(ModelFacts facts, Recipe recipe, List<ModelHead> heads,
        Function<Set<String>, Map<String, Binding>> binding) implements ModelDefinition {

    public RecipeModel {
        heads = List.copyOf(heads);
    }

    @Override
    public Graph graph(Operations operations, GraphRequest request) {
        check(request);
        Net net = new Net(operations, request);
        Value hidden = recipe.apply(net);
        if (request.heads().isEmpty()) {
            if (!request.extras().contains(GraphRequest.Extra.LAST_HIDDEN_STATE)) {
                net.g().output("last_hidden_state", hidden);
            }
            return net.g().build();
        }
        for (String name : request.heads()) {
            ModelHead head = head(name);
            List<Value> outputs = head.outputs(net, hidden);
            for (int i = 0; i < outputs.size(); i++) {
                net.g().output(head.head().outputs().get(i), outputs.get(i));
            }
            if (request.loss() && name.equals(request.heads().getFirst())) {
                net.g().output("loss", head.loss(net, hidden, outputs));
            }
        }
        return net.g().build();
    }

    @Override
    public Map<String, Binding> bindings(Set<String> stored) {
        return binding.apply(stored);
    }

    @Override
    public Optional<double[]> ropeFrequencies(int length) {
        return recipe.frequencies(length);
    }

    private ModelHead head(String name) {
        return heads.stream().filter(head -> head.head().name().equals(name)).findFirst().orElseThrow();
    }

    private void checkNames(List<String> names) {
        Map<String, String> givenBy = new HashMap<>();
        for (String name : names) {
            for (String output : facts.head(name).outputs()) {
                String other = givenBy.put(output, name);
                if (other != null) {
                    throw new TransomException("model " + facts.modelType() + ": heads of one graph must give different outputs; "
                        + other + " and " + name + " both give " + output + ". Ask for them one at a time.");
                }
            }
        }
    }

    private void check(GraphRequest request) {
        checkNames(request.heads());
        if (request.cached() && facts.structure() == ModelFacts.Structure.ENCODER) {
            throw new TransomException("model " + facts.modelType()
                + ": a causal model or an encoder-decoder is required for a graph over caches; this is an encoder."
                + " Ask for whole rows.");
        }
        if (request.loss() && (request.cached() || request.heads().isEmpty())) {
            throw new TransomException("model " + facts.modelType() + ": a loss requires a head and whole rows; the request has "
                + (request.heads().isEmpty() ? "no head" : "caches") + ". Ask for one of its heads "
                + heads.stream().map(head -> head.head().name()).toList() + " without caches.");
        }
    }
}
