package dev.transom.sizing.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.transom.api.architecture.Architecture;
import dev.transom.api.backend.PlanOptions.Numerics;
import dev.transom.api.conformance.CaseKit.Judged;
import dev.transom.api.conformance.CaseKit.Missing;
import dev.transom.api.conformance.CaseKit.Options;
import dev.transom.api.conformance.CaseKit.Verdict;
import dev.transom.architecture.encoder.internal.EncoderArchitecture;
import dev.transom.architecture.gpt.internal.GptArchitecture;
import dev.transom.architecture.llama.internal.LlamaArchitecture;
import dev.transom.graph.Operations;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Public configurations of the families that are here: every figure as transformers counts it. */
class GoldenSizesTest {

    private static final Path GOLDEN = Path.of(System.getProperty("transom.golden", "").isEmpty() ? "src/test/resources/golden"
        : System.getProperty("transom.golden"));
    private static final List<Architecture> ARCHITECTURES =
        List.of(new GptArchitecture(), new LlamaArchitecture(), new EncoderArchitecture());

    @Test
    void everyFigureOfTheseFamiliesIsExactAndTheOthersAreNamedAsMissing() {
        List<Verdict> verdicts = new ArrayList<>();
        new SizingCases(Operations.core(), ARCHITECTURES).judge(GOLDEN.resolve("sizing/case.json"),
            new Options("reference", Numerics.EXACT, false, Optional.empty(), false), verdicts::add);
        List<Judged> judged = verdicts.stream().filter(Judged.class::isInstance).map(Judged.class::cast).toList();
        judged.forEach(each -> assertTrue(each.passed() && each.skipped().isEmpty(), each.toString()));
        assertTrue(judged.size() >= 20, judged.toString());
        assertEquals(verdicts.size() - judged.size(), verdicts.stream().filter(Missing.class::isInstance).count(),
            verdicts.toString());
    }
}
