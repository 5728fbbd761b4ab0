package dev.transom.samplers.internal;

import dev.transom.api.capability.ProvidesSampler;
import dev.transom.api.sampler.Sampler;
import dev.transom.api.sampler.SamplingOptions;
import org.osgi.service.component.annotations.Component;

/**
 * Lets no sequence of n tokens come twice in a row (Paulus et al. 2017; as transformers' NoRepeatNGramLogitsProcessor): what
 * followed an earlier occurrence of the last n − 1 tokens is removed. 0 does nothing.
 */
@Component
@ProvidesSampler(name = "no_repeat_ngram_size")
public final class NoRepeatNgram implements Sampler {

    @Override
    public String name() {
        return "no_repeat_ngram_size";
    }

    @Override
    public int order() {
        return 140;
    }

    @Override
    public Step step(SamplingOptions options, Setting setting) {
        int size = Range.whole("no_repeat_ngram_size", options.get("no_repeat_ngram_size", 0), 0, "0 does nothing");
        return size == 0 ? null : (logits, history, length) -> {
            int before = size - 1;
            for (int start = 0; start + before < length; start++) {
                int next = history[start + before];
                if (next < logits.length && same(history, start, length - before, before)) {
                    logits[next] = Float.NEGATIVE_INFINITY;
                }
            }
        };
    }

    private static boolean same(int[] history, int a, int b, int count) {
        for (int i = 0; i < count; i++) {
            if (history[a + i] != history[b + i]) {
                return false;
            }
        }
        return true;
    }
}
