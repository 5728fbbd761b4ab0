package dev.transom.format.huggingface.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.transom.api.TransomException;
import dev.transom.api.backend.PlanOptions.Numerics;
import dev.transom.api.conformance.CaseKit;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SafetensorsTest {

    private static final Path GOLDEN = Path.of(System.getProperty("transom.golden", "").isEmpty()
        ? "src/test/resources/golden" : System.getProperty("transom.golden")).resolve("formats/safetensors");

    @ParameterizedTest
    @ValueSource(strings = {"good", "bad"})
    void judgesEveryGoldenFileAsTheReferenceReaderDoes(String folder) {
        List<CaseKit.Verdict> verdicts = new ArrayList<>();
        new SafetensorsCases().judge(GOLDEN.resolve(folder).resolve("case.json"),
            new CaseKit.Options("reference", Numerics.EXACT, false, Optional.empty(), false), verdicts::add);
        assertFalse(verdicts.isEmpty());
        for (CaseKit.Verdict verdict : verdicts) {
            assertTrue(verdict instanceof CaseKit.Judged judged && judged.passed(), verdict::toString);
        }
    }

    @Test
    void namesTheLengthsOfAHeaderThatPointsPastTheEnd() {
        byte[] file = new byte[20];
        file[0] = 100;
        TransomException refused = assertThrows(TransomException.class,
            () -> Safetensors.read("x.safetensors", MemorySegment.ofArray(file)));
        assertEquals("x.safetensors: the header must end within the file; it says 100 bytes, the file has 20. "
            + "Download the file again.", refused.getMessage());
    }

    @Test
    void refusesDeepNestingBeforeTheStackEnds() {
        String header = "{\"a\":" + "[".repeat(200_000);
        byte[] text = header.getBytes(StandardCharsets.UTF_8);
        byte[] file = file(header, 0);
        assertThrows(TransomException.class, () -> Safetensors.read("deep", MemorySegment.ofArray(file)));
        assertThrows(TransomException.class, () -> JsonText.object("deep", MemorySegment.ofArray(text)));
    }

    private static byte[] file(String header, int dataBytes) {
        byte[] text = header.getBytes(StandardCharsets.UTF_8);
        return ByteBuffer.allocate(8 + text.length + dataBytes).order(ByteOrder.LITTLE_ENDIAN).putLong(text.length).put(text).array();
    }

    private static String refusal(String header, int dataBytes) {
        return assertThrows(TransomException.class,
            () -> Safetensors.read("x", MemorySegment.ofArray(file(header, dataBytes)))).getMessage();
    }

    @Test
    void showsNamesOnOneLineAndNotTooLong() {
        assertEquals("x: tensor a�b must be described by an object; it is not. Download the file again.",
            refusal("{\"a\\nb\": 1}", 0));
        assertTrue(refusal("{\"" + "a".repeat(100_000) + "\": 1}", 0).length() < 400);
    }

    @Test
    void saysBothSizesOfATensorThatDoesNotFitItsShape() {
        assertEquals("x: tensor a of shape [2, 3] in F32 takes 24 bytes; its offsets give 20. Download the file again.",
            refusal("{\"a\": {\"dtype\": \"F32\", \"shape\": [2, 3], \"data_offsets\": [0, 20]}}", 20));
    }

    @Test
    void saysThatAHeaderIsNotUtf8() {
        byte[] file = file("{\"?\": {}}", 0);
        file[10] = (byte) 0xff;
        assertEquals("x: header: JSON must be UTF-8; a byte sequence is not. Download the file again.",
            assertThrows(TransomException.class, () -> Safetensors.read("x", MemorySegment.ofArray(file))).getMessage());
    }
}
