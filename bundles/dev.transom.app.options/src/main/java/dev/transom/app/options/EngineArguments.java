package dev.transom.app.options;

import dev.transom.api.TransomException;
import dev.transom.api.backend.PlanOptions.Numerics;
import dev.transom.api.engine.EngineOptions;
import dev.transom.api.engine.GenerationRequest.ContextFull;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** How an engine for generation is loaded: {@link ComputeArguments}, {@code --context} and
 * {@code --context-full}; numerics are fast unless asked otherwise. */
public final class EngineArguments {

    /** Tokens of one step at most: longer prompts are read in chunks. */
    private static final int CHUNK = 512;

    @Mixin
    private ComputeArguments compute = new ComputeArguments();

    @Option(names = {"-c", "--context"}, paramLabel = "N", description = "positions to load for; default: the model's, at most 4096")
    private int context;

    @Option(names = "--context-full", paramLabel = "WHAT", converter = ContextFullName.class, description = {
        "refuse: an answer that fills the context ends there (default);",
        "shift: the model forgets the older half and goes on"})
    private ContextFull contextFull = ContextFull.REFUSE;

    /**
     * Options of an engine.
     *
     * @param rows requests that share a step
     * @throws TransomException for a value out of range
     */
    public EngineOptions options(int rows) {
        if (context < 0) {
            throw new TransomException("option --context: it must be 1 or more; got " + context + ". Leave it out for the model's own.");
        }
        return new EngineOptions(compute.backend(), compute.numerics(Numerics.FAST), compute.threads(), context, rows, CHUNK);
    }

    /** What happens when an answer fills the context. */
    public ContextFull contextFull() {
        return contextFull;
    }
}
