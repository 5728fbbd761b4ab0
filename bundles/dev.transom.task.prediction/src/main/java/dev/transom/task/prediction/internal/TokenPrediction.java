package dev.transom.task.prediction.internal;

import dev.transom.api.TransomException;
import dev.transom.api.architecture.GraphRequest;
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
import dev.transom.api.task.Prediction;
import dev.transom.api.task.Task;
import dev.transom.graph.Graph;
import dev.transom.graph.Operations;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicyOption;

/** Loads causal models for prediction. */
@Component(service = {Prediction.class, Task.class})
@ProvidesTask(name = "prediction")
public final class TokenPrediction implements Prediction {

    /** Longest row unless the user asks for more. */
    private static final int DEFAULT_CONTEXT = 4096;
    private static final int BLOCK = 32;
    /** Bytes of logits of one step: a vocabulary of 262144 leaves 64 tokens. */
    private static final long LOGIT_BYTES = 64L << 20;
    /** Fewer tokens would leave products without many to share their weights. */
    private static final int LEAST = 16;

    @Reference
    private volatile Operations operations;

    @Reference
    private volatile Backends backends;

    @Reference(cardinality = ReferenceCardinality.OPTIONAL, policyOption = ReferencePolicyOption.GREEDY)
    private volatile Sizing sizing;

    /** For the component runtime. */
    public TokenPrediction() {
    }

    TokenPrediction(Operations operations, Backends backends) {
        this.operations = operations;
        this.backends = backends;
    }

    @Override
    public String name() {
        return "prediction";
    }

    @Override
    public boolean fits(ModelFacts facts) {
        return facts.structure() == Structure.CAUSAL && facts.hasHead("lm");
    }

    @Override
    public Predictor open(OpenModel model, EngineOptions options) {
        ModelFacts facts = model.definition().facts();
        require(fits(facts), model, "prediction needs a causal model with the head lm; this is "
            + (facts.structure() == Structure.CAUSAL ? "one with " + facts.heads().stream().map(head -> head.name()).toList()
                : "another structure, " + facts.structure().name().toLowerCase(java.util.Locale.ROOT)) + ". Choose another model");
        require(options.context() <= facts.maxPositions(), model, "the context must be at most the model's " + facts.maxPositions()
            + " positions; got " + options.context() + ". Ask for less");
        int context = options.context() > 0 ? options.context() : Math.min(facts.maxPositions(), DEFAULT_CONTEXT);
        int step = Math.max(step(facts, options, context), facts.prefix());
        int blocks = Math.ceilDiv(context, BLOCK);
        Graph graph = model.definition().graph(operations, GraphRequest.generation(new Limits(step, 1, blocks, BLOCK, 0, step)));
        Backend backend = backends.choose(options.backend(), graph);
        Plan plan = backend.plan(graph, model.types(graph), new PlanOptions(options.numerics(), false, options.threads()));
        Sizing counting = sizing;
        if (counting != null) {
            counting.requireFit("model " + model.reference(), counting.estimate(plan, backend.name(), (long) blocks * BLOCK));
        }
        return new TokenPredictor(model, backend.load(plan, model.parameters()), new TokenPredictor.Sizes(context, step, blocks, BLOCK));
    }

    private static int step(ModelFacts facts, EngineOptions options, int context) {
        long fitting = LOGIT_BYTES / (4L * facts.vocabulary()) / LEAST * LEAST;
        return (int) Math.min(Math.max(LEAST, Math.min(fitting, options.chunk())), context);
    }

    private static void require(boolean holds, OpenModel model, String sentence) {
        if (!holds) {
            throw new TransomException("model " + model.reference() + ": " + sentence + ".");
        }
    }
}
