package dev.transom.tokenizers.internal.format;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import dev.transom.api.TransomException;
import dev.transom.api.tokenizer.EncodeOptions;
import dev.transom.api.tokenizer.Tokenizer;
import dev.transom.tokenizers.internal.TokenizerJson;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Spoilt files are refused by one sentence or give a tokenizer that works; nothing else may come of them. */
class MutatedFilesTest {

    private static final int MUTATIONS = Integer.getInteger("transom.mutations", 2000);
    private static final long SEED = Long.getLong("transom.seed", 4);
    private static final String TEXT = "The model's naïve 🙂 12345 <s> [MASK] ab  \n\n 今天 e\u0301 aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa!";

    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    @Test
    void refusesOrReadsEveryMutation() throws IOException {
        List<String> files = files();
        JsonMutations mutations = new JsonMutations(SEED);
        int refused = 0;
        for (int round = 0; round < MUTATIONS; round++) {
            String json = mutations.of(files.get(round % files.size()));
            long allocated = THREADS.getCurrentThreadAllocatedBytes();
            long time = THREADS.getCurrentThreadCpuTime();
            try {
                use(TokenizerJson.read(json));
            } catch (TransomException e) {
                refused++;
                assertSentence(e.getMessage());
            } catch (Throwable e) {
                throw new AssertionError("round " + round + ": " + (json.length() < 30_000 ? json : json.substring(0, 3000)), e);
            }
            String where = "round " + round;
            long milliseconds = (THREADS.getCurrentThreadCpuTime() - time) / 1_000_000;
            assertTrue(milliseconds < 1000, () -> where + " took " + milliseconds + " ms: " + json);
            long bytes = THREADS.getCurrentThreadAllocatedBytes() - allocated;
            assertTrue(bytes < 16_000_000 + 8L * json.length(), () -> where + " allocated " + bytes + " bytes: " + json);
        }
        assertTrue(refused > MUTATIONS / 3 && refused < MUTATIONS, "refused " + refused);
    }

    private static List<String> files() throws IOException {
        List<String> files = new ArrayList<>();
        try (Stream<Path> all = Files.walk(Path.of("src/test/resources"))) {
            for (Path file : all.filter(f -> f.endsWith("tokenizer.json")).sorted().toList()) {
                files.add(Files.readString(file));
            }
        }
        return files;
    }

    private static void use(Tokenizer tokenizer) {
        int[] ids = tokenizer.encode(TEXT, TEXT, EncodeOptions.WITH_SPECIAL_TOKENS).ids();
        tokenizer.decode(ids, true);
        var decoder = tokenizer.decoder(false);
        for (int id : ids) {
            decoder.push(id);
        }
        decoder.finish();
    }

    private static void assertSentence(String message) {
        assertTrue(message.endsWith(".") && message.length() < 600, message);
        assertFalse(message.contains("\n") || message.contains("Exception"), message);
    }
}
