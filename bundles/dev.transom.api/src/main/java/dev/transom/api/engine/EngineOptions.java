package dev.transom.api.engine;

import dev.transom.api.backend.PlanOptions.Numerics;
import java.util.Optional;

/**
 * How a model is loaded.
 *
 * @param backend  name of a backend; empty takes the preferred one
 * @param numerics exact or fast
 * @param threads  threads, 0 for as many as there are cores
 * @param context  positions a row may have, 0 for the model's maximum (at most 4096)
 * @param maxRows  rows that share a step
 * @param chunk    tokens of one step at most; longer prompts are read in chunks
 */
public record EngineOptions(Optional<String> backend, Numerics numerics, int threads, int context, int maxRows, int chunk) {

    public static final EngineOptions DEFAULT = new EngineOptions(Optional.empty(), Numerics.EXACT, 0, 0, 16, 512);
}
