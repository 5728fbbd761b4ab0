package dev.transom.task.embedding.internal;

import dev.transom.api.TransomException;
import dev.transom.api.architecture.GraphRequest;
import dev.transom.api.architecture.GraphRequest.Extra;
import dev.transom.api.architecture.GraphRequest.Limits;
import dev.transom.api.architecture.ModelFacts;
import dev.transom.api.architecture.ModelFacts.Structure;
import dev.transom.api.backend.Backend;
import dev.transom.api.backend.Backends;
import dev.transom.api.backend.Plan;
import dev.transom.api.backend.PlanOptions;
import dev.transom.api.capability.ProvidesTask;
import dev.transom.api.engine.EngineOptions;
import dev.transom.api.model.OpenModel;
import dev.transom.api.sizing.Sizing;
import dev.transom.api.task.Embedding;
import dev.transom.api.task.Task;
import dev.transom.graph.Graph;
import dev.transom.graph.Operations;
import java.util.List;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicyOption;

/** Loads encoders and causal models for embedding. */
@Component(service = {Embedding.class, Task.class})
@ProvidesTask(name = "embedding")
public final class SentenceEmbedding implements Embedding {

    @Reference
    private volatile Operations operations;

    @Reference
    private volatile Backends backends;

    @Reference(cardinality = ReferenceCardinality.OPTIONAL, policyOption = ReferencePolicyOption.GREEDY)
    private volatile Sizing sizing;

    /** For the component runtime. */
    public SentenceEmbedding() {
    }

    SentenceEmbedding(Operations operations, Backends backends) {
        this.operations = operations;
        this.backends = backends;
    }

    @Override
    public String name() {
        return "embedding";
    }

    @Override
    public boolean fits(ModelFacts facts) {
        return facts.structure() != Structure.ENCODER_DECODER;
    }

    @Override
    public Embedder open(OpenModel model, EngineOptions options) {
        ModelFacts facts = model.definition().facts();
        if (!fits(facts)) {
            throw new TransomException("model " + model.reference()
                + ": embedding needs an encoder or a causal model; this is an encoder-decoder. Choose another model.");
        }
        SentenceModules modules = SentenceModules.read(model);
        int tokens = Math.max(options.chunk(), modules.maxLength());
        GraphRequest request = GraphRequest.whole(List.of(), Limits.of(tokens, options.maxRows())).with(Extra.LAST_HIDDEN_STATE);
        Graph graph = model.definition().graph(operations, request);
        Backend backend = backends.choose(options.backend(), graph);
        Plan plan = backend.plan(graph, model.types(graph), new PlanOptions(options.numerics(), false, options.threads()));
        Sizing counting = sizing;
        if (counting != null) {
            counting.requireFit("model " + model.reference(), counting.estimate(plan, backend.name(), 0));
        }
        return new SentenceEmbedder(model, modules, backend.load(plan, model.parameters()), tokens, options.maxRows());
    }
}
