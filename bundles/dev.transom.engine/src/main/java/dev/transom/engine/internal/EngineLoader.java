package dev.transom.engine.internal;

import dev.transom.api.TransomException;
import dev.transom.api.architecture.ModelFacts;
import dev.transom.api.architecture.ModelFacts.Structure;
import dev.transom.api.backend.Backend;
import dev.transom.api.backend.Backends;
import dev.transom.api.backend.Executable;
import dev.transom.api.backend.Plan;
import dev.transom.api.backend.PlanOptions;
import dev.transom.api.engine.EngineOptions;
import dev.transom.api.model.OpenModel;
import dev.transom.api.sizing.Sizing;
import dev.transom.api.tensor.TypePlan;
import dev.transom.graph.Graph;
import dev.transom.graph.Operations;
import java.util.Optional;
import java.util.function.Supplier;

/** Loads a model for generation: builds its graph, plans it, checks that it fits, binds its weights. */
record EngineLoader(Operations operations, Backends backends, Optional<Sizing> sizing, EngineMemory memory,
        Supplier<SamplerChain> samplers) {

    /** Cache that rows share when all of them at full length would take more; one row at full length always fits. */
    private static final long CACHE_BYTES = 512L << 20;

    /** What is known before anything is loaded. */
    private record Prepared(StepLimits limits, Backend backend, Plan plan, int blocks) {
    }

    private Prepared prepare(OpenModel model, EngineOptions options) {
        StepLimits limits = StepLimits.of(model.definition().facts(), options);
        Graph graph = model.definition().graph(operations, limits.request());
        Backend backend = backends.choose(options.backend(), graph);
        TypePlan types = model.types(graph);
        Plan plan = backend.plan(graph, types, new PlanOptions(options.numerics(), false, options.threads()));
        return new Prepared(limits, backend, plan, blocks(plan, limits, options.cacheBytes() == 0 ? CACHE_BYTES : options.cacheBytes()));
    }

    Optional<Sizing.Estimate> estimate(OpenModel model, EngineOptions options) {
        check(model, options);
        Prepared ready = prepare(model, options);
        return sizing.map(service -> service.estimate(ready.plan, ready.backend.name(), (long) ready.blocks * ready.limits.blockSize()));
    }

    LoadedEngine load(OpenModel model, EngineOptions options) {
        check(model, options);
        readTokenizer(model);
        Prepared ready = prepare(model, options);
        Runnable promised = memory.hold("model " + model.reference(), sizing, ready.plan, ready.backend.name(), ready.blocks,
            ready.limits.blockSize());
        try {
            Executable executable = ready.backend.load(ready.plan, model.parameters());
            return load(model, ready.backend, executable, ready.limits, ready.blocks, options.reuse(), promised);
        } catch (RuntimeException | Error failed) {
            promised.run();
            throw failed;
        }
    }

    /**
     * Reads the tokenizer while the graph is planned and weights are loaded. The model keeps it; whoever asks first waits, or meets
     * what went wrong.
     */
    private static void readTokenizer(OpenModel model) {
        EngineThread.start("transom-tokenizer", () -> {
            try {
                model.files().tokenizer();
            } catch (RuntimeException told) {
                // Comes again where the tokenizer is asked for.
            }
        });
    }

    private LoadedEngine load(OpenModel model, Backend backend, Executable executable, StepLimits limits, int blocks,
            boolean reuse, Runnable promised) {
        try {
            return new LoadedEngine(model, backend, executable, limits, blocks, reuse, samplers, promised);
        } catch (RuntimeException | Error failed) {
            executable.close();
            throw failed;
        }
    }

    private static int blocks(Plan plan, StepLimits limits, long bytes) {
        long whole = (long) limits.rows() * limits.rowBlocks();
        long shared = plan.cacheBlockBytes() == 0 ? whole : bytes / plan.cacheBlockBytes();
        return (int) Math.max(limits.rowBlocks(), Math.min(whole, shared));
    }

    private static void check(OpenModel model, EngineOptions options) {
        ModelFacts facts = model.definition().facts();
        require(facts.structure() != Structure.ENCODER && facts.hasHead("lm"), model,
            "generation needs a causal model or an encoder-decoder with the head lm; this is an encoder with "
                + facts.heads().stream().map(head -> head.name()).toList() + ". Use embed or classify for it");
        require(options.context() >= 0 && options.context() <= facts.maxPositions(), model, "the context must be at most the model's "
            + facts.maxPositions() + " positions; got " + options.context() + ". Ask for less");
        require(options.maxRows() > 0, model, "rows of a step must be 1 or more; got " + options.maxRows() + ". Ask for more");
        require(options.chunk() > 0, model, "tokens of a step must be 1 or more; got " + options.chunk() + ". Ask for more");
        require(options.cacheBytes() >= 0, model, "bytes of the cache must be 0 (512 MiB) or more; got " + options.cacheBytes()
            + ". Ask for more");
        require(options.threads() >= 0, model, "threads must be 0 (all cores) or more; got " + options.threads() + ". Ask for more");
    }

    private static void require(boolean holds, OpenModel model, String sentence) {
        if (!holds) {
            throw new TransomException("model " + model.reference() + ": " + sentence + ".");
        }
    }
}
