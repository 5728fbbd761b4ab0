package dev.transom.app.inspect.internal;

import dev.transom.api.architecture.ModelFacts;
import dev.transom.api.sizing.Sizing.Estimate;
import dev.transom.api.sizing.Sizing.ModelSize;

/**
 * What {@code size} found out.
 *
 * @param model    what the user called it
 * @param types    formats of weights, with the reason
 * @param size     counts of the configuration
 * @param load     what it would be loaded for
 * @param backend  what would run it
 * @param estimate memory of the load
 * @param room     the largest loads that fit
 */
record SizeReport(String model, ModelFacts facts, String types, ModelSize size, Load load, String backend, Estimate estimate,
        Room room) {
}
