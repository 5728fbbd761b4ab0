package dev.transom.samplers.internal;

import dev.transom.api.capability.ProvidesSampler;
import dev.transom.api.sampler.Sampler;
import dev.transom.api.sampler.SamplingOptions;
import org.osgi.service.component.annotations.Component;

/** Divides all logits by a temperature: below 1 sharpens, above 1 flattens. 0 is greedy and left to the engine. */
@Component
@ProvidesSampler(name = "temperature")
public final class Temperature implements Sampler {

    @Override
    public String name() {
        return "temperature";
    }

    @Override
    public int order() {
        return 200;
    }

    @Override
    public Step step(SamplingOptions options) {
        double temperature = options.get("temperature", 1);
        Range.require("temperature", temperature, temperature >= 0 && temperature < Double.POSITIVE_INFINITY,
            "0 or more", "0 takes the most likely token, 1 leaves the model's distribution");
        if (temperature == 0 || temperature == 1) {
            return null;
        }
        return (logits, _, _) -> {
            for (int i = 0; i < logits.length; i++) {
                logits[i] = (float) (logits[i] / temperature);
            }
        };
    }
}
