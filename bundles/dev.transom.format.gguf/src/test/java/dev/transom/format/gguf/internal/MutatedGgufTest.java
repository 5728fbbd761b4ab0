package dev.transom.format.gguf.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import dev.transom.api.TransomException;
import dev.transom.api.config.Config;
import dev.transom.api.format.Resources;
import dev.transom.api.tensor.StoredTensor;
import dev.transom.blocks.Blocks;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.SequencedSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Spoilt files are read or refused by one sentence, within a second of processor time and 16 MB + 8 times their size. A file counts as
 * read when its configuration is said, every list of metadata gone over and every tensor expanded.
 */
class MutatedGgufTest {

    private static final int MUTATIONS = Integer.getInteger("transom.mutations", 2000);
    private static final long SEED = Long.getLong("transom.seed", 4);
    private static final Path GOLDEN = Path.of(System.getProperty("transom.golden", "").isEmpty()
        ? "src/test/resources/golden" : System.getProperty("transom.golden")).resolve("formats/gguf");
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private static final long[] HOSTILE = {0, 1, -1, 7, 255, 65_536, 1L << 31, 1L << 32, 1L << 40, 1L << 60, Long.MAX_VALUE, Long.MIN_VALUE};

    private final Random random = new Random(SEED);
    private int refused;
    private long mostBytes;
    private long mostNanos;

    @Test
    void readsOrRefusesEveryMutationOfAGoodFile() throws IOException {
        List<byte[]> good = new ArrayList<>();
        try (Stream<Path> files = Files.list(GOLDEN.resolve("good"))) {
            for (Path file : files.filter(f -> f.toString().endsWith(".gguf")).sorted().toList()) {
                good.add(Files.readAllBytes(file));
            }
        }
        good.add(Files.readAllBytes(GOLDEN.resolve("tiny-llama-q4_0.gguf")));
        good.add(Written.file(Map.of("general.architecture", "llama", "llama.block_count", 2, "llama.rope.scaling.factor", 8f,
            "llama.feed_forward_length", List.of(3, 4), "tokenizer.ggml.tokens", List.of("a", "b", "c"),
            "tokenizer.ggml.scores", List.of(1f, 2f, 3f), "split.count", 1), List.of("rope_freqs.weight", "output.weight")));
        for (int round = 0; round < MUTATIONS; round++) {
            read(mutated(good.get(round % good.size())));
        }
        assertTrue(refused > MUTATIONS / 4 && refused < MUTATIONS * 0.99, "refused " + refused);
        System.out.printf("%d mutations: %d refused; at most %.2f MB allocated and %.1f ms each%n", MUTATIONS, refused,
            mostBytes / 1e6, mostNanos / 1e6);
    }

    @Test
    void readsManyTensorsAndKeysInASmallMultipleOfTheirSize() {
        List<String> names = new ArrayList<>();
        Map<String, Object> metadata = new LinkedHashMap<>(Map.of("general.architecture", "llama"));
        for (int i = 0; i < 60_000; i++) {
            names.add("t" + i);
            metadata.put("k" + i % 16_000, i);
        }
        metadata.put("tokenizer.ggml.tokens", java.util.Collections.nCopies(100_000, ""));
        byte[] file = Written.file(metadata, names);
        read(Arrays.copyOf(file, file.length));
        assertEquals(0, refused);
        System.out.printf("60,000 tensors and 16,000 keys in %.1f MB: %.1f MB allocated%n", file.length / 1e6, mostBytes / 1e6);
    }

    private void read(byte[] file) {
        long bytes = THREADS.getCurrentThreadAllocatedBytes();
        long nanos = THREADS.getCurrentThreadCpuTime();
        try (GgufFiles read = new GgufFiles(new OneFile(MemorySegment.ofArray(file)), "m", () -> null)) {
            Config config = read.config();
            read.generationConfig();
            long allocated = THREADS.getCurrentThreadAllocatedBytes() - bytes;
            mostBytes = Math.max(mostBytes, allocated);
            assertTrue(allocated < 16_000_000 + 8L * file.length, () -> "allocated " + allocated + " for " + file.length);
            config.values().values().forEach(MutatedGgufTest::goOver);
            for (String name : read.tensors().names()) {
                expand(read.tensors().find(name).orElseThrow());
            }
        } catch (TransomException e) {
            refused++;
            String message = e.getMessage();
            assertTrue(message.startsWith("folder") && message.endsWith(".") && message.length() < 1200, message);
            assertFalse(message.contains("\n") || message.contains("Exception"), message);
            long allocated = THREADS.getCurrentThreadAllocatedBytes() - bytes;
            mostBytes = Math.max(mostBytes, allocated);
            assertTrue(allocated < 16_000_000 + 8L * file.length, () -> "allocated " + allocated + " for " + file.length);
        }
        nanos = THREADS.getCurrentThreadCpuTime() - nanos;
        mostNanos = Math.max(mostNanos, nanos);
        assertTrue(nanos < 1_000_000_000L || file.length > 1_000_000, "took " + nanos + " ns");
    }

    private static void goOver(Object value) {
        if (value instanceof List<?> list) {
            list.forEach(MutatedGgufTest::goOver);
        }
    }

    private static void expand(StoredTensor tensor) {
        assertEquals(tensor.format().bytes(tensor.elements()), tensor.data().byteSize());
        if (Blocks.decodes(tensor.format())) {
            Blocks.decode(tensor);
        }
    }

    private byte[] mutated(byte[] good) {
        byte[] file = good.clone();
        for (int i = random.nextInt(3); i >= 0; i--) {
            file = change(file);
        }
        return file;
    }

    private byte[] change(byte[] file) {
        // Most of a file of good values is its header; the data of a model say little.
        int end = Math.min(file.length, 6000);
        if (end < 9) {
            return Arrays.copyOf(file, random.nextInt(64));
        }
        switch (random.nextInt(6)) {
            case 0 -> {
                return Arrays.copyOf(file, random.nextInt(file.length + 40));
            }
            case 1 -> ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN).putLong(random.nextInt(end - 8),
                HOSTILE[random.nextInt(HOSTILE.length)]);
            case 2 -> ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN).putInt(random.nextInt(end - 8), random.nextInt(50));
            case 3 -> {
                int from = random.nextInt(end);
                int to = random.nextInt(end);
                System.arraycopy(file, from, file, to, Math.min(random.nextInt(64), file.length - Math.max(from, to)));
            }
            case 4 -> {
                int cut = random.nextInt(end);
                byte[] shorter = Arrays.copyOf(file, file.length - Math.min(file.length - cut, 1 + random.nextInt(16)));
                System.arraycopy(file, cut + file.length - shorter.length, shorter, cut, shorter.length - cut);
                return shorter;
            }
            default -> {
                for (int i = random.nextInt(4); i >= 0; i--) {
                    file[random.nextInt(end)] = (byte) random.nextInt(256);
                }
            }
        }
        return file;
    }

    /** A folder that holds one file. */
    private record OneFile(MemorySegment content) implements Resources {

        @Override
        public String where() {
            return "folder";
        }

        @Override
        public SequencedSet<String> names() {
            return new LinkedHashSet<>(List.of("m"));
        }

        @Override
        public Optional<MemorySegment> open(String name) {
            return name.equals("m") ? Optional.of(content) : Optional.empty();
        }

        @Override
        public void close() {
        }
    }
}
