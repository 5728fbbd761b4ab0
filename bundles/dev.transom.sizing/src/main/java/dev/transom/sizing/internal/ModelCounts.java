package dev.transom.sizing.internal;

import dev.transom.api.architecture.GraphRequest;
import dev.transom.api.architecture.GraphRequest.Limits;
import dev.transom.api.architecture.ModelDefinition;
import dev.transom.api.architecture.ModelFacts;
import dev.transom.api.architecture.ModelFacts.Structure;
import dev.transom.graph.Operations;
import java.util.List;
import java.util.Set;

/** Counts a definition's graphs for the sizes asked. */
record ModelCounts(ModelDefinition definition, Operations operations) {

    /** The model with one of its heads, or without any for an empty name: one row of {@code tokens} tokens at once. */
    GraphCount whole(String head, int tokens) {
        return count(request(head, tokens));
    }

    private static GraphRequest request(String head, int tokens) {
        return GraphRequest.whole(head.isEmpty() ? List.of() : List.of(head), Limits.of(tokens, 1));
    }

    /** Learned numbers of the model with one of its heads, or without any for an empty name. */
    long parameters(String head) {
        return LearnedNumbers.count(definition.graph(operations, request(head, 1)), definition.bindings(Set.of()));
    }

    /** One token of generation that attends to {@code positions} cached positions. */
    GraphCount token(int positions) {
        ModelFacts facts = definition.facts();
        int source = facts.structure() == Structure.ENCODER_DECODER ? positions : 0;
        // Blocks of one position: the tables then bound exactly the positions asked.
        return count(GraphRequest.generation(new Limits(1, 1, positions, 1, source, 1)));
    }

    boolean generates() {
        ModelFacts facts = definition.facts();
        return facts.structure() != Structure.ENCODER && facts.hasHead("lm");
    }

    /** The head that the configuration names, empty when the model has no such head. */
    String defaultHead() {
        ModelFacts facts = definition.facts();
        return facts.hasHead(facts.defaultHead()) ? facts.defaultHead() : "";
    }

    private GraphCount count(GraphRequest request) {
        return GraphCount.of(definition.graph(operations, request), operations);
    }
}
