package dev.transom.engine.internal;

import dev.transom.api.architecture.ModelFacts;
import dev.transom.api.backend.Backend;
import dev.transom.api.backend.Caches;
import dev.transom.api.backend.Executable;
import dev.transom.api.backend.Plan;
import dev.transom.api.engine.Generation;
import dev.transom.api.engine.GenerationRequest;
import dev.transom.api.model.OpenModel;
import dev.transom.api.sampler.SamplingOptions;
import dev.transom.api.tokenizer.Tokenizer;
import java.util.Arrays;
import java.util.function.Supplier;

/**
 * A model on a backend with its scheduler. Once closed it holds nothing of the model any more, so that whoever keeps an answer or a
 * closed engine keeps no plugin's classes.
 */
final class LoadedEngine {

    private final String backend;
    private final StepLimits limits;
    private final Plan plan;
    private final Supplier<SamplerChain> samplers;
    private final Scheduler scheduler;
    private final Thread thread;
    private final RequestRules rules;
    private volatile OpenModel model;
    private Tokenizer tokenizer;
    private Runnable release;

    /** Takes over {@code executable}. */
    LoadedEngine(OpenModel model, Backend backend, Executable executable, StepLimits limits, int blocks,
            Supplier<SamplerChain> samplers) {
        this.model = model;
        this.backend = backend.name();
        this.limits = limits;
        this.plan = executable.plan();
        this.samplers = samplers;
        ModelFacts facts = model.definition().facts();
        Caches caches = executable.caches(blocks);
        StepRunner runner = new StepRunner(model.reference(), model.definition(), plan.graph(), executable.workspace(caches), limits);
        this.scheduler = new Scheduler(limits, runner, caches, runner.shareable());
        this.tokenizer = model.files().tokenizer().orElse(null);
        this.rules = new RequestRules(model.reference(), facts, limits, tokenizer != null);
        this.release = () -> {
            runner.close();
            caches.close();
            executable.close();
        };
        // Inherits nothing: no context class loader and no thread locals of whoever opened it.
        this.thread = Thread.ofPlatform().name("transom-engine " + model.reference()).daemon().inheritInheritableThreadLocals(false)
            .unstarted(scheduler);
        thread.setContextClassLoader(null);
        thread.start();
    }

    OpenModel model() {
        OpenModel opened = model;
        if (opened == null) {
            throw new IllegalStateException("engine: it must be open; it is closed.");
        }
        return opened;
    }

    String backend() {
        return backend;
    }

    Plan plan() {
        return plan;
    }

    int context() {
        return limits.context();
    }

    BlockAllocator allocator() {
        return scheduler.allocator();
    }

    boolean isBroken() {
        return scheduler.isBroken();
    }

    Generation submit(GenerationRequest request) {
        return queue(rules.check(request), null);
    }

    Generation fork(Request parent, int read, long seed) {
        Request.Terms terms = parent.terms();
        int[] prompt = Arrays.copyOf(parent.ids, parent.promptLength + read);
        return queue(new Request.Terms(prompt, terms.source(), terms.maxTokens() - read, terms.limit() - read, seed, terms.stopIds(),
            terms.stopStrings(), terms.logProbs(), terms.options()), parent);
    }

    private Generation queue(Request.Terms terms, Request parent) {
        SamplingOptions options = terms.options();
        Request request = new Request(this, terms, samplers.get().steps(options), tokenizer, parent);
        if (!request.ended()) {
            scheduler.submit(request);
        }
        return request;
    }

    /** Lets all requests end and frees everything; an interrupt cancels what runs and is handed on. */
    void close() {
        scheduler.close();
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException asked) {
                interrupted = true;
                scheduler.cancelAll();
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        free();
    }

    /** Ends requests soon instead of letting them finish. */
    void cancelAll() {
        scheduler.cancelAll();
    }

    private synchronized void free() {
        if (release != null) {
            release.run();
            release = null;
            model = null;
            tokenizer = null;
        }
    }
}
