package dev.transom.samplers.internal;

import dev.transom.api.capability.ProvidesSampler;
import dev.transom.api.sampler.Sampler;
import dev.transom.api.sampler.SamplingOptions;
import java.util.Set;
import org.osgi.service.component.annotations.Component;

/**
 * Keeps the smallest set of most likely tokens whose probability exceeds {@code top_p} (Holtzman et al. 2020, "The curious case of
 * neural text degeneration"), as transformers' TopPLogitsWarper has it: in ascending order, tokens whose cumulative probability is
 * at most 1 − top_p go. At least {@code min_tokens_to_keep} stay. 1 keeps all.
 */
@Component
@ProvidesSampler(name = "top_p")
public final class TopP implements Sampler {

    /** Option: tokens that top_p and min_p leave at least. */
    static final String KEEP = "min_tokens_to_keep";

    @Override
    public String name() {
        return "top_p";
    }

    @Override
    public Set<String> options() {
        return Set.of("top_p", KEEP);
    }

    @Override
    public int order() {
        return 400;
    }

    @Override
    public Step step(SamplingOptions options, Setting setting) {
        double mass = options.get("top_p", 1);
        Range.require("top_p", mass, mass >= 0 && mass <= 1, "between 0 and 1", "1 keeps all tokens");
        int keep = Range.whole(KEEP, options.get(KEEP, 1), 1, "1 keeps the most likely token");
        if (mass == 1 || options.greedy()) {
            return null;
        }
        Ranking ranking = new Ranking();
        return (logits, _, _) -> {
            int count = ranking.rank(logits);
            if (count > keep) {
                ranking.removeTail(logits, logits, 1 - mass, keep);
            }
        };
    }
}
