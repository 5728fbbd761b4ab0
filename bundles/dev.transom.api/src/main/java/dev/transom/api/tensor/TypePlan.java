package dev.transom.api.tensor;

import java.util.Map;

/**
 * Which storage format each parameter and the key-value cache have; sizing needs neither file nor weights to ask what a type costs.
 *
 * @param parameters formats of single parameters
 * @param otherwise  the format of all others
 * @param cache      the format of cached keys and values
 */
public record TypePlan(Map<String, Format> parameters, Format otherwise, Format cache) {

    public TypePlan {
        parameters = Map.copyOf(parameters);
    }

    public static TypePlan uniform(Format format) {
        return new TypePlan(Map.of(), format, Format.F32);
    }

    public Format format(String parameter) {
        return parameters.getOrDefault(parameter, otherwise);
    }
}
