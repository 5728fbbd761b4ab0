package dev.transom.samplers.internal;

import dev.transom.api.capability.ProvidesSampler;
import dev.transom.api.sampler.Sampler;
import dev.transom.api.sampler.SamplingOptions;
import java.util.Set;
import org.osgi.service.component.annotations.Component;

/**
 * Divides all logits by a temperature: below 1 sharpens, above 1 flattens. 0 is greedy and left to the engine. With
 * {@code dynatemp_range} the temperature depends on how sure the model is, see {@link DynamicTemperature}.
 */
@Component
@ProvidesSampler(name = "temperature")
public final class Temperature implements Sampler {

    @Override
    public String name() {
        return "temperature";
    }

    @Override
    public Set<String> options() {
        return Set.of("temperature", DynamicTemperature.RANGE, DynamicTemperature.EXPONENT);
    }

    @Override
    public int order() {
        return 200;
    }

    @Override
    public Step step(SamplingOptions options, Setting setting) {
        double temperature = options.get("temperature", 1);
        Range.require("temperature", temperature, temperature >= 0 && temperature < Double.POSITIVE_INFINITY,
            "0 or more", "0 takes the most likely token, 1 leaves the model's distribution");
        Step dynamic = DynamicTemperature.of(options, temperature);
        if (temperature == 0 || temperature == 1 && dynamic == null) {
            return null;
        }
        return dynamic != null ? dynamic : (logits, _, _) -> {
            for (int i = 0; i < logits.length; i++) {
                logits[i] = (float) (logits[i] / temperature);
            }
        };
    }
}
