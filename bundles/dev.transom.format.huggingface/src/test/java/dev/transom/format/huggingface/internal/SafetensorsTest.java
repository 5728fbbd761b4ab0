package dev.transom.format.huggingface.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import dev.transom.api.TransomException;
import dev.transom.api.conformance.CaseKit;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
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
            new CaseKit.Options("reference", false, java.util.Optional.empty(), false), verdicts::add);
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
    void readsOrRefusesAThousandMutationsBySentence() throws IOException {
        byte[] good = Files.readAllBytes(GOLDEN.resolve("good/metadata.safetensors"));
        Random random = new Random(4);
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        for (int round = 0; round < 1000; round++) {
            byte[] file = mutated(good, random);
            long before = threads.getCurrentThreadAllocatedBytes();
            try {
                Safetensors.read("m", MemorySegment.ofArray(file)).names();
            } catch (TransomException refused) {
                assertTrue(refused.getMessage().startsWith("m: ") && refused.getMessage().endsWith("."), refused.getMessage());
                assertFalse(refused.getMessage().contains("\n"), refused.getMessage());
            }
            long allocated = threads.getCurrentThreadAllocatedBytes() - before;
            assertTrue(allocated < 16_000_000 + 8L * file.length, () -> "allocated " + allocated);
        }
    }

    @Test
    void refusesDeepNestingBeforeTheStackEnds() {
        String header = "{\"a\":" + "[".repeat(200_000);
        byte[] text = header.getBytes(StandardCharsets.UTF_8);
        byte[] file = new byte[8 + text.length];
        java.nio.ByteBuffer.wrap(file).order(java.nio.ByteOrder.LITTLE_ENDIAN).putLong(text.length).put(text);
        assertThrows(TransomException.class, () -> Safetensors.read("deep", MemorySegment.ofArray(file)));
        assertThrows(TransomException.class, () -> JsonText.object("deep", MemorySegment.ofArray(text)));
    }

    private static byte[] mutated(byte[] good, Random random) {
        byte[] file = good.clone();
        switch (random.nextInt(4)) {
            case 0 -> file = java.util.Arrays.copyOf(file, random.nextInt(file.length + 40));
            case 1 -> file[random.nextInt(8)] = (byte) random.nextInt(256);
            default -> {
                for (int i = random.nextInt(4); i >= 0; i--) {
                    file[random.nextInt(file.length)] = (byte) random.nextInt(256);
                }
            }
        }
        return file;
    }
}
