package dev.transom.api.engine;

import dev.transom.api.backend.PlanOptions.Numerics;
import java.util.Optional;

/**
 * How a model is loaded.
 *
 * @param backend    name of a backend; empty takes the preferred one
 * @param numerics   exact or fast
 * @param threads    threads, 0 for as many as there are cores
 * @param context    positions a row may have, 0 for the model's maximum (at most 4096)
 * @param maxRows    rows that share a step
 * @param chunk      tokens of one step at most; longer prompts are read in chunks
 * @param cacheBytes bytes of the key-value cache at most, 0 for 512 MiB; one row at full length is always granted
 * @param reuse      whether requests take over what earlier ones with the same beginning left in the cache
 */
public record EngineOptions(Optional<String> backend, Numerics numerics, int threads, int context, int maxRows, int chunk,
        long cacheBytes, boolean reuse) {

    public static final EngineOptions DEFAULT = new EngineOptions(Optional.empty(), Numerics.EXACT, 0, 0, 16, 512);

    /** The usual cache, with reuse. */
    public EngineOptions(Optional<String> backend, Numerics numerics, int threads, int context, int maxRows, int chunk) {
        this(backend, numerics, threads, context, maxRows, chunk, 0, true);
    }

    public EngineOptions withCacheBytes(long bytes) {
        return new EngineOptions(backend, numerics, threads, context, maxRows, chunk, bytes, reuse);
    }

    public EngineOptions withReuse(boolean wanted) {
        return new EngineOptions(backend, numerics, threads, context, maxRows, chunk, cacheBytes, wanted);
    }
}
