package dev.transom.blocks;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.transom.api.tensor.Format;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class BlocksTest {

    private static final Path GOLDEN = Path.of(System.getProperty("transom.golden", "").isEmpty()
        ? "src/test/resources/golden" : System.getProperty("transom.golden")).resolve("formats/gguf");

    static Stream<Format> formats() {
        return Blocks.formats().stream();
    }

    static Stream<Format> written() {
        return Blocks.formats().stream().filter(Blocks::encodes);
    }

    @ParameterizedTest
    @MethodSource("formats")
    void readsGoldenBlocksBitByBit(Format format) throws IOException {
        GoldenTensors golden = GoldenTensors.read(GOLDEN.resolve("blocks.safetensors"));
        String name = format.name().toLowerCase(Locale.ROOT);
        MemorySegment raw = golden.bytes(name + ".raw");
        float[] expected = golden.floats(name + ".expected");
        assertEquals(raw.byteSize(), format.bytes(expected.length));
        float[] read = new float[expected.length];
        Blocks.decode(format, raw, 0, read, 0, read.length);
        assertBits(expected, read);
    }

    @ParameterizedTest
    @MethodSource("formats")
    void readsAnyRangeOfElements(Format format) throws IOException {
        GoldenTensors golden = GoldenTensors.read(GOLDEN.resolve("blocks.safetensors"));
        String name = format.name().toLowerCase(Locale.ROOT);
        float[] all = golden.floats(name + ".expected");
        Random random = new Random(3);
        for (int i = 0; i < 50; i++) {
            int first = random.nextInt(all.length);
            int count = random.nextInt(all.length - first + 1);
            float[] part = new float[count + 2];
            Blocks.decode(format, golden.bytes(name + ".raw"), first, part, 1, count);
            assertBits(java.util.Arrays.copyOfRange(all, first, first + count), java.util.Arrays.copyOfRange(part, 1, count + 1));
        }
    }

    @Test
    void readsEveryPatternOfTheFloatFormats() throws IOException {
        GoldenTensors golden = GoldenTensors.read(GOLDEN.resolve("float_formats.safetensors"));
        assertBits(golden.floats("f8_e4m3_all"), decoded(Format.F8_E4M3, allBytes()));
        assertBits(golden.floats("f8_e5m2_all"), decoded(Format.F8_E5M2, allBytes()));
        assertBits(golden.floats("f16_as_f32"), decoded(Format.F16, golden.halves("f16_bits")));
        assertBits(golden.floats("bf16_as_f32"), decoded(Format.BF16, golden.halves("bf16_bits")));
    }

    @Test
    void roundsToHalvesAsTheReferenceDoes() throws IOException {
        GoldenTensors golden = GoldenTensors.read(GOLDEN.resolve("float_formats.safetensors"));
        float[] source = golden.floats("source_f32");
        assertArrayEquals(golden.halves("rounded_f16_bits"), encoded(Format.F16, source));
        assertArrayEquals(golden.halves("rounded_bf16_bits"), encoded(Format.BF16, source));
    }

    @ParameterizedTest
    @MethodSource("written")
    void writesWhatReadsBackNearly(Format format) {
        Random random = new Random(5);
        float[] values = new float[4096];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) random.nextGaussian();
        }
        float[] read = decoded(format, encoded(format, values));
        double error = 0;
        for (int i = 0; i < values.length; i++) {
            error += Math.pow(read[i] - values[i], 2) / values.length;
        }
        // A little above the root mean square errors that these and ggml's reference quantisers give, and a tenth more.
        double most = 1.1 * switch (format.name()) {
            case "Q8_0" -> 0.0056;
            case "Q6_K" -> 0.0180;
            case "Q5_0" -> 0.0450;
            case "Q5_1" -> 0.0400;
            case "Q5_K" -> 0.0370;
            case "Q4_0" -> 0.0900;
            case "Q4_1" -> 0.0850;
            case "Q4_K" -> 0.0750;
            case "Q3_K" -> 0.1600;
            default -> 0.3200;
        };
        assertTrue(Math.sqrt(error) < most, format + " root mean square error " + Math.sqrt(error));
    }

    @ParameterizedTest
    @MethodSource("written")
    void writesZerosAndOneValueExactlyEnough(Format format) {
        float[] values = new float[format.blockElements()];
        assertBits(values, decoded(format, encoded(format, values)));
        values[7] = -3;
        assertEquals(-3, decoded(format, encoded(format, values))[7], 0.02);
    }

    @Test
    void refusesPartOfABlock() {
        assertEquals("Q4_0: elements must fill blocks of 32; got 33.", assertThrows(IllegalArgumentException.class,
            () -> encoded(Format.Q4_0, new float[33])).getMessage());
    }

    @Test
    void findsFormatsByName() {
        assertEquals(List.of(Format.Q4_K, Format.BF16), Stream.of("q4_k", "bf16").map(Blocks::named).map(java.util.Optional::orElseThrow)
            .toList());
        assertTrue(Blocks.named("Q4_2").isEmpty());
    }

    private static byte[] allBytes() {
        byte[] all = new byte[256];
        for (int i = 0; i < all.length; i++) {
            all[i] = (byte) i;
        }
        return all;
    }

    private static float[] decoded(Format format, byte[] bytes) {
        float[] values = new float[bytes.length / format.blockBytes() * format.blockElements()];
        Blocks.decode(format, MemorySegment.ofArray(bytes), 0, values, 0, values.length);
        return values;
    }

    private static byte[] encoded(Format format, float[] values) {
        byte[] bytes = new byte[Math.toIntExact(format.bytes(values.length))];
        Blocks.encode(format, values, 0, values.length, MemorySegment.ofArray(bytes), 0);
        return bytes;
    }

    /** Equal bits; NaN equals NaN whatever its payload, and zeros of either sign are one number. */
    private static void assertBits(float[] expected, float[] read) {
        assertEquals(expected.length, read.length);
        for (int i = 0; i < expected.length; i++) {
            assertTrue(expected[i] == read[i] || Float.isNaN(expected[i]) && Float.isNaN(read[i]),
                "element " + i + ": expected " + expected[i] + ", read " + read[i]);
        }
    }
}
