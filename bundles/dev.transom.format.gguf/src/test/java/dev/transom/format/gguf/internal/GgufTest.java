package dev.transom.format.gguf.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.transom.api.TransomException;
import dev.transom.api.config.Config;
import dev.transom.api.tensor.Format;
import dev.transom.api.tensor.StoredTensor;
import dev.transom.conformance.architecture.CaseFile;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class GgufTest {

    private static final Path GOLDEN = Path.of(System.getProperty("transom.golden", "").isEmpty()
        ? "src/test/resources/golden" : System.getProperty("transom.golden")).resolve("formats/gguf");

    static Stream<Config> bad() {
        return entries("bad");
    }

    static Stream<Config> good() {
        return entries("good");
    }

    @SuppressWarnings("unchecked")
    private static Stream<Config> entries(String folder) {
        return CaseFile.read(GOLDEN.resolve(folder).resolve("case.json")).list("files").stream()
            .map(entry -> new Config(folder, (Map<String, Object>) entry));
    }

    private static Gguf read(String folder, Config entry) throws IOException {
        String name = entry.text("file").orElseThrow();
        return Gguf.read(name, MemorySegment.ofArray(Files.readAllBytes(GOLDEN.resolve(folder).resolve(name))));
    }

    @ParameterizedTest
    @MethodSource("bad")
    void refusesEveryBadFileInOneSentence(Config entry) throws IOException {
        if (entry.flag("optional", false)) {
            return;
        }
        String message = assertThrows(TransomException.class, () -> read("bad", entry)).getMessage();
        assertTrue(message.startsWith(entry.text("file").orElseThrow() + ": ") && message.endsWith(".") && message.length() < 400, message);
    }

    @ParameterizedTest
    @MethodSource("good")
    void readsEveryGoodFile(Config entry) throws IOException {
        Gguf read = read("good", entry);
        Map<String, Object> values = entry.object("values").orElseThrow().values();
        assertEquals(values.keySet(), read.names());
        values.forEach((name, expected) -> {
            StoredTensor tensor = read.find(name).orElseThrow();
            for (int i = 0; i < ((List<?>) expected).size(); i++) {
                assertEquals(((Number) ((List<?>) expected).get(i)).doubleValue(), tensor.real(i));
            }
        });
    }

    @Test
    void givesEveryTypeOfMetadataAsPlainValues() {
        Gguf read = Gguf.read("x", MemorySegment.ofArray(Written.file(Map.of("a", "text", "b", -1, "c", 0.5f, "d", true,
            "e", List.of("one", "zwei", "três"), "f", List.of(1f, 2f), "g", List.of(7, 8)), List.of("t"))));
        assertEquals(Map.of("a", "text", "b", 4294967295L, "c", 0.5, "d", true, "e", List.of("one", "zwei", "três"),
            "f", List.of(1.0, 2.0), "g", List.of(7L, 8L)), read.metadata());
    }

    @Test
    void turnsDimensionsRound() throws IOException {
        StoredTensor embedding = Gguf.read("x", MemorySegment.ofArray(Files.readAllBytes(GOLDEN.resolve("tiny-llama-q4_0.gguf"))))
            .find("token_embd.weight").orElseThrow();
        assertEquals(List.of(307L, 64L), embedding.shape());
        assertEquals(Format.Q4_0, embedding.format());
        assertEquals(307 * 2 * 18, embedding.data().byteSize());
    }

    @Test
    void namesWhatIsWrong() {
        assertEquals("x: the file must begin with the letters GGUF; it has 3 bytes. Download the file again.",
            assertThrows(TransomException.class, () -> Gguf.read("x", MemorySegment.ofArray(new byte[3]))).getMessage());
        byte[] file = Written.file(Map.of("general.architecture", "llama"), List.of("t"));
        file[file.length - 33] = 0;
        assertEquals("x: tensor t must lie within the file; its 4 bytes begin at byte 0 of the data, which has 1. "
            + "Download the file again.", assertThrows(TransomException.class, () -> Gguf.read("x",
                MemorySegment.ofArray(file).asSlice(0, file.length - 31))).getMessage());
        assertFalse(Cursor.shown("a\nb").contains("\n"));
    }
}
