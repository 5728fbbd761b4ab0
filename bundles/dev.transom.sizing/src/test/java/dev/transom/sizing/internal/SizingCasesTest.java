package dev.transom.sizing.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.transom.api.TransomException;
import dev.transom.api.backend.PlanOptions.Numerics;
import dev.transom.api.conformance.CaseKit.Judged;
import dev.transom.api.conformance.CaseKit.Missing;
import dev.transom.api.conformance.CaseKit.Options;
import dev.transom.api.conformance.CaseKit.Verdict;
import dev.transom.graph.Operations;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SizingCasesTest {

    private static final String DECODER = """
        {"config": {"model_type": "tiny"}, "model_class": "TinyForCausalLM", "parameters": %d, "active_parameters": 1,
         "matmul_parameters_per_token": 1152, "kv_cache_bytes_per_token_f16": 32,
         "flops_per_token": {"0": 2304, "10": %d}}""";

    @TempDir
    private Path folder;

    @Test
    void passesADecoderWhoseEveryFigureIsExact() throws IOException {
        Judged judged = (Judged) judge("\"good\": " + DECODER.formatted(1192, 2304 + 10 * 64)).getFirst();
        assertTrue(judged.passed(), judged.toString());
        assertEquals(List.of("parameters", "matmul_parameters_per_token", "kv_cache_bytes_per_token_f16", "flops_per_token 0",
            "flops_per_token 10"), judged.comparisons().stream().map(each -> each.item()).toList());
        assertEquals(List.of("active_parameters: sizing does not count it yet"), judged.skipped());
    }

    @Test
    void failsAFigureThatIsOneOff() throws IOException {
        Judged judged = (Judged) judge("\"bad\": " + DECODER.formatted(1193, 2304 + 10 * 64)).getFirst();
        assertEquals(1, judged.comparisons().getFirst().difference());
        assertEquals(List.of("parameters"),
            judged.comparisons().stream().filter(each -> !each.passed()).map(each -> each.item()).toList());
    }

    @Test
    void countsASequenceOfAnEncoderWithThePoolerOnce() throws IOException {
        // 5 tokens: two layers of 448 weights and of 2 heads · 5 · 5 pairs · 16, the pooler of 64 once.
        Judged judged = (Judged) judge("""
            "encoder": {"config": {"model_type": "tiny-encoder"}, "model_class": "TinyModel", "parameters": 1256,
             "kv_cache_bytes_per_token_f16": 0, "flops_per_sequence": {"5": %d}}"""
            .formatted(2 * 5 * 2 * 448 + 2 * 2 * 25 * 16 + 2 * 64)).getFirst();
        assertTrue(judged.passed(), judged.toString());
    }

    @Test
    void namesTheArchitectureThatIsMissing() throws IOException {
        List<Verdict> verdicts = judge("\"a\": {\"config\": {\"model_type\": \"bart\"}}, \"b\": "
            + DECODER.formatted(1192, 2944));
        assertEquals(new Missing("a", "architecture model_type=bart"), verdicts.getFirst());
        assertTrue(((Judged) verdicts.get(1)).passed());
    }

    @Test
    void refusesAFileWithoutModels() throws IOException {
        Path file = Files.writeString(folder.resolve("case.json"), "{}");
        assertEquals(file + ": models is required, an object of configurations; it is absent. Add it.",
            assertThrows(TransomException.class, () -> judge(file)).getMessage());
    }

    private List<Verdict> judge(String models) throws IOException {
        return judge(Files.writeString(folder.resolve("case.json"), "{\"kind\": \"sizing\", \"models\": {" + models + "}}"));
    }

    private static List<Verdict> judge(Path file) {
        List<Verdict> verdicts = new ArrayList<>();
        new SizingCases(Operations.core(), List.of(new TinyArchitecture()))
            .judge(file, new Options("reference", Numerics.EXACT, false, Optional.empty(), false), verdicts::add);
        return verdicts;
    }
}
