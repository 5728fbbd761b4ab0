package dev.transom.app.inspect.internal;

import dev.transom.api.TransomException;
import dev.transom.api.architecture.GraphRequest;
import dev.transom.api.architecture.GraphRequest.Limits;
import dev.transom.api.architecture.Head;
import dev.transom.api.architecture.ModelDefinition;
import dev.transom.api.architecture.ModelFacts;
import dev.transom.api.architecture.ModelFacts.Structure;
import dev.transom.graph.Autodiff;
import dev.transom.graph.Graph;
import dev.transom.graph.GraphDot;
import dev.transom.graph.GraphText;
import dev.transom.graph.Node;
import dev.transom.graph.Operations;
import java.util.List;
import java.util.Set;

/**
 * Which of a model's graphs to show.
 *
 * @param head     its head; null for the model's default, {@code none} for hidden states only
 * @param cached   for generation
 * @param training with loss and gradients
 */
record GraphChoice(String head, boolean cached, boolean training) {

    /** Shown as bounds of dimensions; they do not change what is computed. */
    private static final Limits LIMITS = new Limits(512, 8, 16, 32, 512, 8);

    private static final String NONE = "none";

    String print(ModelDefinition definition, Operations operations, String form) {
        Graph graph = graph(definition, operations);
        return form.equals("dot") ? GraphDot.print(graph) : GraphText.print(graph);
    }

    Graph graph(ModelDefinition definition, Operations operations) {
        ModelFacts facts = definition.facts();
        List<String> heads = heads(facts);
        if (cached && facts.structure() == Structure.ENCODER) {
            throw new TransomException("option --cached: only a model that generates has caches; this is an encoder."
                + " Leave it out.");
        }
        if (!training) {
            return definition.graph(operations,
                new GraphRequest(heads, cached, false, false, false, cached && heads.equals(List.of("lm")), Set.of(), LIMITS));
        }
        if (heads.isEmpty() || facts.head(heads.getFirst()).labels() == Head.Labels.NONE) {
            throw new TransomException("option --training: a head with a loss is required; got "
                + (heads.isEmpty() ? NONE : heads.getFirst()) + ". Give one with --head.");
        }
        Graph graph = definition.graph(operations, GraphRequest.training(heads.getFirst(), false, LIMITS));
        return Autodiff.withGradients(operations, graph, graph.parameters().stream().map(Node::name).toList());
    }

    private List<String> heads(ModelFacts facts) {
        if (head == null) {
            return facts.hasHead(facts.defaultHead()) ? List.of(facts.defaultHead()) : List.of();
        }
        return head.equals(NONE) ? List.of() : List.of(facts.head(head).name());
    }
}
