package dev.transom.samplers.internal;

import dev.transom.api.capability.ProvidesSampler;
import dev.transom.api.sampler.Sampler;
import dev.transom.api.sampler.SamplingOptions;
import java.util.Set;
import org.osgi.service.component.annotations.Component;

/**
 * Keeps a row from repeating what it said ("don't repeat yourself", p-e-w 2024, as llama.cpp has it): where the end of the row, L
 * tokens long, occurred before, the token that followed it is lowered by multiplier · base^(L − allowed_length), once L reaches
 * {@code dry_allowed_length}. A match does not reach over a sequence breaker. Options: {@code dry_multiplier} (0 is off),
 * {@code dry_base}, {@code dry_allowed_length}, {@code dry_last_n} (−1 for the whole row), {@code dry_breakers}: phrases.
 */
@Component
@ProvidesSampler(name = "dry_multiplier")
public final class Dry implements Sampler {

    @Override
    public String name() {
        return "dry_multiplier";
    }

    @Override
    public Set<String> options() {
        return Set.of("dry_multiplier", "dry_base", "dry_allowed_length", "dry_last_n", "dry_breakers");
    }

    @Override
    public int order() {
        return 130;
    }

    @Override
    public Step step(SamplingOptions options, Setting setting) {
        double multiplier = options.get("dry_multiplier", 0);
        Range.require("dry_multiplier", multiplier, multiplier >= 0 && multiplier < Double.POSITIVE_INFINITY, "0 or more",
            "0 does nothing");
        double base = options.get("dry_base", 1.75);
        Range.require("dry_base", base, base >= 1 && base < Double.POSITIVE_INFINITY, "1 or more", "1.75 is usual");
        int allowed = Range.whole("dry_allowed_length", options.get("dry_allowed_length", 2), 1, "2 is usual");
        int lastN = Range.whole("dry_last_n", options.get("dry_last_n", -1), -1, "-1 looks at the whole row");
        Phrases breakers = Phrases.of("dry_breakers", options, setting);
        return multiplier == 0 || lastN == 0 ? null : new DryStep(multiplier, base, allowed, lastN, breakers.ids);
    }
}
