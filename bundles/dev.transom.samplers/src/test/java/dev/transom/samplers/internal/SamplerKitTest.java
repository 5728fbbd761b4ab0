package dev.transom.samplers.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.transom.api.backend.PlanOptions.Numerics;
import dev.transom.api.conformance.CaseKit;
import dev.transom.api.conformance.CaseKit.Judged;
import dev.transom.api.conformance.CaseKit.Missing;
import dev.transom.api.conformance.CaseKit.Verdict;
import dev.transom.api.sampler.Sampler;
import dev.transom.api.sampler.SamplingOptions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SamplerKitTest {

    private static final List<Sampler> ALL =
        SamplersTest.all();

    @Test
    void judgesEveryCase() {
        List<Verdict> verdicts = judge(ALL);
        assertEquals(104, verdicts.size());
        for (Verdict verdict : verdicts) {
            assertTrue(assertInstanceOf(Judged.class, verdict).passed(), verdict::toString);
        }
    }

    @Test
    void namesTheStepThatIsNotInstalled() {
        List<Verdict> verdicts = judge(List.of(new TopK()));
        assertTrue(verdicts.contains(new Missing("top_p_0.5.50", "sampler top_p")));
        assertTrue(verdicts.contains(new Missing("eta.1000", "sampler eta_cutoff")));
        assertTrue(verdicts.contains(new Missing("freq_0.5_pres_0.0.50", "sampler frequency_penalty")));
        assertTrue(verdicts.contains(new Missing("xtc_0.50", "sampler xtc_probability")));
    }

    @Test
    void failsAStepThatKeepsOneTokenTooMany() {
        Sampler wrong = new Sampler() {
            @Override
            public String name() {
                return "top_k";
            }

            @Override
            public int order() {
                return 300;
            }

            @Override
            public Step step(SamplingOptions options, Setting setting) {
                return new TopK().step(options.with("top_k", options.get("top_k", 0) + 1), setting);
            }
        };
        assertEquals(0, judge(List.of(wrong)).stream()
            .filter(verdict -> verdict instanceof Judged judged && judged.name().startsWith("top_k") && judged.passed()).count());
    }

    private static List<Verdict> judge(List<Sampler> samplers) {
        List<Verdict> verdicts = new ArrayList<>();
        new SamplerKit(samplers, List.of(new PlainSafetensors())).judge(Cases.file(),
            new CaseKit.Options("reference", Numerics.EXACT, false, Optional.empty(), false), verdicts::add);
        return verdicts;
    }
}
