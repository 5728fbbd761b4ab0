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
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SamplerKitTest {

    private static final List<Sampler> ALL =
        List.of(new Temperature(), new TopK(), new TopP(), new MinP(), new RepetitionPenalty());

    @Test
    void judgesEveryCaseOfTheBuiltInSteps() throws Exception {
        List<Verdict> verdicts = judge(ALL);
        List<Judged> judged = verdicts.stream().filter(Judged.class::isInstance).map(Judged.class::cast).toList();
        judged.forEach(verdict -> assertTrue(verdict.passed(), verdict::toString));
        // Per size of vocabulary: softmax, 2 temperature, 3 top_k, 5 top_p, 3 min_p, 2 repetition_penalty.
        assertEquals(2 * 16, judged.size());
        verdicts.stream().filter(verdict -> !(verdict instanceof Judged))
            .forEach(verdict -> assertInstanceOf(Missing.class, verdict));
    }

    @Test
    void namesTheStepThatIsNotInstalled() throws Exception {
        List<Verdict> verdicts = judge(ALL);
        assertTrue(verdicts.contains(new Missing("typical_p_0.9.50", "sampler typical_p")));
        assertTrue(verdicts.contains(new Missing("eta.1000", "sampler eta")));
        assertTrue(verdicts.contains(new Missing("freq_0.5_pres_0.0.50", "sampler frequency_penalty")));
        assertTrue(verdicts.contains(new Missing("chain_llama_cpp.50", "sampler penalties")));
        assertTrue(judge(List.of(new TopK())).contains(new Missing("top_p_0.5.50", "sampler top_p")));
    }

    @Test
    void failsAStepThatKeepsOneTokenTooMany() throws Exception {
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
            public Step step(dev.transom.api.sampler.SamplingOptions options) {
                return new TopK().step(options.with("top_k", options.get("top_k", 0) + 1));
            }
        };
        assertEquals(0, judge(List.of(wrong)).stream()
            .filter(verdict -> verdict instanceof Judged judged && judged.name().startsWith("top_k") && judged.passed()).count());
    }

    private static List<Verdict> judge(List<Sampler> samplers) throws Exception {
        String golden = System.getProperty("transom.golden");
        URI copy = SamplerKitTest.class.getResource("/golden/samplers/case.json").toURI();
        Path file = golden == null ? Path.of(copy) : Path.of(golden, "samplers", "case.json");
        List<Verdict> verdicts = new ArrayList<>();
        new SamplerKit(samplers, List.of(new PlainSafetensors())).judge(file, new CaseKit.Options("reference", Numerics.EXACT, false, Optional.empty(), false), verdicts::add);
        return verdicts;
    }
}
