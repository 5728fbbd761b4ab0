package dev.transom.app.inspect.internal;

import dev.transom.api.architecture.ModelFacts;
import dev.transom.api.sizing.Sizing.Estimate;
import dev.transom.api.sizing.Sizing.ModelSize;
import java.util.Map;
import java.util.Optional;

/**
 * What {@code size} found out.
 *
 * @param model     what the user called it
 * @param weights   where the formats of weights come from
 * @param noWeights why no weights were read
 * @param formats   bytes of weights in each format
 * @param converted bytes of weights that are computed when loaded
 * @param size      counts of the configuration
 * @param load      what it would be loaded for
 * @param backend   what would run it
 * @param estimate  memory of the load
 * @param room      the largest loads that fit
 */
record SizeReport(String model, ModelFacts facts, String weights, Optional<String> noWeights, Map<String, Long> formats,
        long converted, ModelSize size, Load load, String backend, Estimate estimate, Room room) {
}
