package dev.transom.samplers.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.transom.api.sampler.Sampler;
import dev.transom.api.sampler.SamplingOptions;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** The samplers whose options are numbers, by the kit that a stranger's sampler has to pass. */
class SamplersConformTest {

    private static final SamplingOptions NONE = SamplingOptions.NONE;

    private record Good(Sampler sampler, SamplingOptions options) {}

    private static Good good(Sampler sampler, String option, double value) {
        return new Good(sampler, NONE.with(option, value));
    }

    private static Stream<Good> samplers() {
        return Stream.of(
            good(new RepetitionPenalty(), "repetition_penalty", 1.2),
            good(new PresencePenalty(), "presence_penalty", 0.5),
            good(new FrequencyPenalty(), "frequency_penalty", 0.5),
            good(new Temperature(), "temperature", 0.7),
            good(new TopK(), "top_k", 3),
            good(new TopP(), "top_p", 0.9),
            good(new MinP(), "min_p", 0.1),
            good(new TypicalP(), "typical_p", 0.5),
            good(new EpsilonCutoff(), "epsilon_cutoff", 0.01),
            good(new EtaCutoff(), "eta_cutoff", 0.01),
            good(new TopNSigma(), "top_n_sigma", 1),
            good(new Xtc(), "xtc_probability", 0.5),
            good(new NoRepeatNgram(), "no_repeat_ngram_size", 2),
            good(new Dry(), "dry_multiplier", 0.8),
            good(new Mirostat(), "mirostat", 2));
    }

    @TestFactory
    Stream<DynamicTest> conform() {
        return samplers().flatMap(each -> new dev.transom.conformance.sampler.SamplerKit(each.sampler(), each.options()).checks().stream())
            .map(check -> dynamicTest(check.name(), () -> assertEquals(List.of(), check.broken())));
    }
}
