package dev.transom.tokenizers.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every case, and what the kit says when something is amiss. {@code -Dtransom.models=DIR} adds real tokenizers. */
class TokenizerCasesTest {

    private static final Path RESOURCES = Path.of("src/test/resources");
    private static final Path GOLDEN = Path.of(System.getProperty("transom.golden", RESOURCES.resolve("golden").toString()));
    private static final Optional<Path> MODELS = Optional.ofNullable(System.getProperty("transom.models")).map(Path::of);

    /** The golden cases, and random pipelines with what the library made of them. */
    static List<Path> cases() throws IOException {
        List<Path> cases = new ArrayList<>();
        for (Path root : List.of(GOLDEN.resolve("tokenizers"), RESOURCES.resolve("pipelines"))) {
            try (Stream<Path> files = Files.walk(root)) {
                files.filter(file -> file.endsWith("case.json")).sorted().forEach(cases::add);
            }
        }
        return cases;
    }

    @ParameterizedTest
    @MethodSource("cases")
    void passesEveryCase(Path file) {
        switch (verdict(file, MODELS)) {
            case CaseKit.Judged judged -> assertTrue(judged.passed(), judged::toString);
            case CaseKit.Missing missing -> assertTrue(missing.what().startsWith("model folder"), missing.what());
            case CaseKit.Broken broken -> throw new AssertionError(broken.sentence());
        }
    }

    @Test
    void saysWhichFormatIsMissing(@TempDir Path folder) throws IOException {
        Files.writeString(folder.resolve("vocab.bpe"), "");
        Path file = Files.writeString(folder.resolve("case.json"),
                "{\"kind\": \"tokenizer\", \"tokenizer\": \"vocab.bpe\", \"cases\": []}");
        assertEquals("tokenizer format vocab.bpe",
                assertInstanceOf(CaseKit.Missing.class, verdict(file, Optional.empty())).what());
    }

    @Test
    void saysWhichModelFolderIsMissing(@TempDir Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve("case.json"),
                "{\"kind\": \"tokenizer\", \"tokenizer\": \"fetch.py name minilm\", \"cases\": []}");
        assertEquals("model folder minilm; --models says where models lie",
                assertInstanceOf(CaseKit.Missing.class, verdict(file, Optional.empty())).what());
        assertEquals("model folder minilm in " + folder + "; fetch it there",
                assertInstanceOf(CaseKit.Missing.class, verdict(file, Optional.of(folder))).what());
    }

    @Test
    void failsACaseThatExpectsSomethingElse(@TempDir Path folder) throws IOException {
        Path source = RESOURCES.resolve("golden/tokenizers/own/wordpiece");
        Files.copy(source.resolve("tokenizer.json"), folder.resolve("tokenizer.json"));
        String expected = Files.readString(source.resolve("case.json"));
        Path file = Files.writeString(folder.resolve("case.json"), expected.replaceFirst("\"ids\":\\s*\\[\\s*\\d+", "\"ids\": [9"));
        CaseKit.Judged judged = assertInstanceOf(CaseKit.Judged.class, verdict(file, Optional.empty()));
        assertFalse(judged.passed());
    }

    private static Verdict verdict(Path file, Optional<Path> models) {
        List<Verdict> verdicts = new ArrayList<>();
        new TokenizerCases().judge(file, new CaseKit.Options("reference", Numerics.EXACT, false, models, false), verdicts::add);
        assertEquals(1, verdicts.size());
        return verdicts.getFirst();
    }
}
