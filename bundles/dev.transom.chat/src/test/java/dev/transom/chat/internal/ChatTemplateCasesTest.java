package dev.transom.chat.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.transom.api.backend.PlanOptions.Numerics;
import dev.transom.api.conformance.CaseKit;
import dev.transom.api.conformance.CaseKit.Verdict;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ChatTemplateCasesTest {

    static List<Path> cases() throws IOException {
        Path golden = Path.of(System.getProperty("transom.golden", "src/test/resources/golden")).resolve("chat_templates");
        try (Stream<Path> files = Files.walk(golden)) {
            return files.filter(file -> file.endsWith("case.json")).sorted().toList();
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void rendersEveryConversationAsTransformersDoes(Path file) {
        List<Verdict> verdicts = new ArrayList<>();
        new ChatTemplateCases().judge(file, new CaseKit.Options("reference", Numerics.EXACT, false, Optional.empty(), false), verdicts::add);
        assertEquals(1, verdicts.size());
        switch (verdicts.getFirst()) {
            case CaseKit.Judged judged -> assertTrue(judged.passed(), judged::toString);
            default -> throw new AssertionError(verdicts.toString());
        }
    }
}
