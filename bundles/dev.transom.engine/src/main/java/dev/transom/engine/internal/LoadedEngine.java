package dev.transom.engine.internal;

import dev.transom.api.architecture.ModelFacts;
import dev.transom.api.backend.Backend;
import dev.transom.api.backend.Caches;
import dev.transom.api.backend.Executable;
import dev.transom.api.backend.Plan;
import dev.transom.api.engine.Generation;
import dev.transom.api.engine.GenerationRequest;
import dev.transom.api.model.OpenModel;
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
    private final RequestRules rules;
    private volatile Scheduler scheduler;
    private volatile OpenModel model;
    private volatile Tokenizer tokenizer;
    private Thread thread;
    private Runnable release;

    /**
     * Takes over {@code executable}.
     *
     * @param reuse whether rows use what others with the same beginning left in the cache
     * @param freed called when its memory is free again
     */
    LoadedEngine(OpenModel model, Backend backend, Executable executable, StepLimits limits, int blocks, boolean reuse,
            Supplier<SamplerChain> samplers, Runnable freed) {
        this.model = model;
        this.backend = backend.name();
        this.limits = limits;
        this.plan = executable.plan();
        this.samplers = samplers;
        ModelFacts facts = model.definition().facts();
        Caches caches = executable.caches(blocks);
        StepRunner runner = new StepRunner(model.reference(), model.definition(), plan.graph(), executable.workspace(caches), limits);
        this.scheduler = new Scheduler(limits, runner, caches, runner.shareable(), runner.turn(), reuse);
        this.tokenizer = model.files().tokenizer().orElse(null);
        this.rules = new RequestRules(model.reference(), facts, limits, tokenizer != null);
        this.release = () -> {
            runner.close();
            caches.close();
            executable.close();
            freed.run();
        };
        this.thread = EngineThread.start("transom-engine " + model.reference(), scheduler);
    }

    OpenModel model() {
        return open(model);
    }

    private static <T> T open(T part) {
        if (part == null) {
            throw new IllegalStateException("engine: it must be open; it is closed.");
        }
        return part;
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
        return open(scheduler).allocator();
    }

    boolean isBroken() {
        return open(scheduler).isBroken();
    }

    Generation submit(GenerationRequest request) {
        return queue(rules.check(request), null);
    }

    Generation fork(Request parent, int read, long seed) {
        Request.Terms terms = parent.terms();
        int[] prompt = Arrays.copyOf(parent.ids, parent.promptLength + read);
        return queue(new Request.Terms(prompt, terms.given(), terms.source(), terms.maxTokens() - read, terms.limit() - read, seed,
            terms.stopIds(), terms.stopStrings(), terms.logProbs(), terms.options(), terms.shifts()), parent);
    }

    private Generation queue(Request.Terms terms, Request parent) {
        Scheduler running = open(scheduler);
        Request request = new Request(this, terms, samplers.get().steps(terms.options(), rules.setting(terms)), tokenizer, parent);
        if (!request.ended()) {
            running.submit(request);
        }
        return request;
    }

    /** Lets all requests end and frees everything; an interrupt cancels what runs and is handed on. */
    synchronized void close() {
        if (release == null) {
            return;
        }
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
        release.run();
        release = null;
        scheduler = null;
        thread = null;
        model = null;
        tokenizer = null;
    }

    /** Ends requests soon instead of letting them finish. */
    void cancelAll() {
        Scheduler running = scheduler;
        if (running != null) {
            running.cancelAll();
        }
    }
}
