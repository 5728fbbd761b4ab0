package dev.transom.format.huggingface.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import dev.transom.api.TransomException;
import dev.transom.api.tensor.StoredTensor;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Spoilt files are read or refused by one sentence, within a second of processor time and 16 MB + 8 times their size. */
class MutatedSafetensorsTest {

    private static final int MUTATIONS = Integer.getInteger("transom.mutations", 2000);
    private static final long SEED = Long.getLong("transom.seed", 4);
    private static final Path GOLDEN = Path.of(System.getProperty("transom.golden", "").isEmpty()
        ? "src/test/resources/golden" : System.getProperty("transom.golden")).resolve("formats/safetensors");
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private static final List<String> HOSTILE = List.of("null", "-1", "1.5", "1e999", "9223372036854775807", "9223372036854775808",
        "99999999999999999999999999999", "\"\"", "\"F32\"", "\"\\n\"", "\"\\ud800\"", "[]", "{}", "[".repeat(400), "{\"a\":".repeat(200),
        "[4611686018427387904,4]", "[0,9223372036854775807]", "[" + "1,".repeat(500) + "1]", "\"__metadata__\"");

    private final Random random = new Random(SEED);
    private int refused;
    private long mostBytes;
    private long mostNanos;

    @Test
    void readsOrRefusesEveryMutationOfAGoodFile() throws IOException {
        List<byte[]> good = new ArrayList<>();
        try (Stream<Path> files = Files.list(GOLDEN.resolve("good"))) {
            for (Path file : files.filter(f -> f.toString().endsWith(".safetensors")).sorted().toList()) {
                good.add(Files.readAllBytes(file));
            }
        }
        for (int round = 0; round < MUTATIONS; round++) {
            read(mutated(good.get(round % good.size())));
        }
        assertTrue(refused > MUTATIONS / 2 && refused < MUTATIONS * 0.99, "refused " + refused);
        System.out.printf("%d mutations: %d refused; at most %.2f MB allocated and %.1f ms each%n", MUTATIONS, refused,
            mostBytes / 1e6, mostNanos / 1e6);
    }

    @Test
    void readsAHeaderOfManyTensorsInASmallMultipleOfItsSize() {
        StringBuilder header = new StringBuilder("{");
        int tensors = 200_000;
        for (int i = 0; i < tensors; i++) {
            header.append(i == 0 ? "" : ",").append("\"model.layers.").append(i).append(".mlp.down_proj.weight\":{\"dtype\":\"U8\",\"shape\":[0],\"data_offsets\":[0,0]}");
        }
        byte[] file = withHeader(header.append('}').toString(), new byte[0]);
        assertEquals(tensors, read(file));
        System.out.printf("%d tensors in a header of %.1f MB: %.1f MB allocated%n", tensors, file.length / 1e6, mostBytes / 1e6);
    }

    /** The number of tensors, -1 if the file is refused. */
    private int read(byte[] file) {
        MemorySegment content = MemorySegment.ofArray(file);
        long bytes = THREADS.getCurrentThreadAllocatedBytes();
        long nanos = THREADS.getCurrentThreadCpuTime();
        Safetensors read = null;
        try {
            read = Safetensors.read("m", content);
        } catch (TransomException e) {
            refused++;
            String message = e.getMessage();
            assertTrue(message.startsWith("m: ") && message.endsWith(".") && message.length() < 900, message);
            assertFalse(message.contains("\n") || message.contains("Exception"), message);
        }
        nanos = THREADS.getCurrentThreadCpuTime() - nanos;
        bytes = THREADS.getCurrentThreadAllocatedBytes() - bytes;
        mostNanos = Math.max(mostNanos, nanos);
        mostBytes = Math.max(mostBytes, bytes);
        long allocated = bytes;
        assertTrue(allocated < 16_000_000 + 8L * file.length, () -> "allocated " + allocated + " for " + file.length);
        assertTrue(nanos < 1_000_000_000L || file.length > 1_000_000, "took " + nanos + " ns");
        return read == null ? -1 : checked(read);
    }

    private static int checked(Safetensors read) {
        for (String name : read.names()) {
            StoredTensor tensor = read.find(name).orElseThrow();
            assertEquals(tensor.format().bytes(tensor.elements()), tensor.data().byteSize());
        }
        return read.names().size();
    }

    private byte[] mutated(byte[] good) {
        byte[] file = good;
        for (int i = random.nextInt(2); i >= 0; i--) {
            file = file.length > 9 && random.nextBoolean() ? header(file) : bytes(file);
        }
        return file;
    }

    private byte[] bytes(byte[] file) {
        byte[] changed = file.clone();
        switch (random.nextInt(4)) {
            case 0 -> changed = Arrays.copyOf(changed, random.nextInt(changed.length + 40));
            case 1 -> {
                if (changed.length >= 8) {
                    changed[random.nextInt(8)] = (byte) random.nextInt(256);
                }
            }
            default -> {
                for (int i = random.nextInt(4); i >= 0 && changed.length > 0; i--) {
                    changed[random.nextInt(changed.length)] = (byte) random.nextInt(256);
                }
            }
        }
        return changed;
    }

    /** Replaces a part of the header and mends its length. */
    private byte[] header(byte[] file) {
        long length = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN).getLong();
        int end = (int) Math.clamp(length, 0, file.length - 8) + 8;
        String header = new String(file, 8, end - 8, StandardCharsets.ISO_8859_1);
        List<int[]> parts = new ArrayList<>();
        Pattern.compile("\"[^\"]*\"|\\d+|[\\[\\]{},:]").matcher(header).results()
            .forEach(match -> parts.add(new int[] {match.start(), match.end()}));
        if (parts.isEmpty()) {
            return file;
        }
        int[] part = parts.get(random.nextInt(parts.size()));
        int[] other = parts.get(random.nextInt(parts.size()));
        String replacement = random.nextInt(3) == 0 ? header.substring(other[0], other[1])
            : HOSTILE.get(random.nextInt(HOSTILE.size()));
        return withHeader(header.substring(0, part[0]) + replacement + header.substring(part[1]), Arrays.copyOfRange(file, end, file.length));
    }

    private static byte[] withHeader(String header, byte[] data) {
        byte[] text = header.getBytes(StandardCharsets.ISO_8859_1);
        return ByteBuffer.allocate(8 + text.length + data.length).order(ByteOrder.LITTLE_ENDIAN)
            .putLong(text.length).put(text).put(data).array();
    }
}
