package dev.transom.app.bench.internal;

import dev.transom.api.architecture.GraphRequest;
import dev.transom.api.architecture.ModelDefinition;
import dev.transom.api.architecture.ModelFacts;
import dev.transom.api.format.ModelFiles;
import dev.transom.api.model.OpenModel;
import dev.transom.api.tensor.Format;
import dev.transom.api.tensor.ParameterStore;
import dev.transom.api.tensor.TypePlan;
import dev.transom.graph.Graph;
import dev.transom.graph.Operations;
import java.util.List;

/** A model of which only the configuration is read: its weights are random. Closing it closes the model behind it. */
final class RandomModel implements OpenModel {

    private final OpenModel configured;
    private final Format format;
    private final RandomParameters parameters;

    RandomModel(OpenModel configured, Format format, Operations operations) {
        this.configured = configured;
        this.format = format;
        ModelFacts facts = configured.definition().facts();
        List<String> heads = facts.hasHead("lm") ? List.of("lm") : List.of();
        this.parameters = new RandomParameters(
            configured.definition().graph(operations, GraphRequest.whole(heads, GraphRequest.Limits.of(1, 1))), format);
    }

    @Override
    public String reference() {
        return configured.reference();
    }

    @Override
    public ModelFiles files() {
        return configured.files();
    }

    @Override
    public ModelDefinition definition() {
        return configured.definition();
    }

    @Override
    public String architecture() {
        return configured.architecture();
    }

    @Override
    public ParameterStore parameters() {
        return parameters;
    }

    @Override
    public TypePlan types(Graph graph) {
        return TypePlan.uniform(format);
    }

    @Override
    public void close() {
        parameters.close();
        configured.close();
    }
}
