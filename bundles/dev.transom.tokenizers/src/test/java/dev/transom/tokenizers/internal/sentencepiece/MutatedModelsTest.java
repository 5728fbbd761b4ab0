package dev.transom.tokenizers.internal.sentencepiece;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import dev.transom.api.TransomException;
import dev.transom.api.tokenizer.EncodeOptions;
import dev.transom.api.tokenizer.Tokenizer;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Spoilt .model files are refused by one sentence or give a tokenizer that works. {@code -Dtransom.mutations=N} does more. */
class MutatedModelsTest {

    private static final int MUTATIONS = Integer.getInteger("transom.mutations", 300);
    private static final long SEED = Long.getLong("transom.seed", 4);
    private static final String TEXT = "The model's naïve 🙂 12345 <s> <sep>ab  \n\n 今天 e\u0301 ﷺ aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa!";

    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    @Test
    void refusesOrReadsEveryMutation() throws IOException {
        List<byte[]> files = List.of(golden("bpe"), golden("unigram"));
        Random random = new Random(SEED);
        int refused = 0;
        for (int round = 0; round < MUTATIONS; round++) {
            byte[] file = mutated(files.get(round % files.size()), random);
            long allocated = THREADS.getCurrentThreadAllocatedBytes();
            long time = THREADS.getCurrentThreadCpuTime();
            try {
                use(new SentencePieceFormat().read("m.model", file, Optional.empty()));
            } catch (TransomException e) {
                refused++;
                String message = e.getMessage();
                assertTrue(message.endsWith(".") && message.length() < 600, message);
                assertFalse(message.contains("\n") || message.contains("Exception"), message);
            } catch (Throwable e) {
                throw new AssertionError("round " + round, e);
            }
            long milliseconds = (THREADS.getCurrentThreadCpuTime() - time) / 1_000_000;
            long bytes = THREADS.getCurrentThreadAllocatedBytes() - allocated;
            String where = "round " + round + ": " + milliseconds + " ms, " + bytes + " bytes allocated";
            assertTrue(milliseconds < 1000 && bytes < 16_000_000 + 8L * file.length, where);
        }
        assertTrue(refused > MUTATIONS / 20 && refused < MUTATIONS, "refused " + refused);
    }

    private static byte[] golden(String name) throws IOException {
        return Files.readAllBytes(Path.of("src/test/resources/golden/tokenizers/own/sentencepiece-" + name + "/tokenizer.model"));
    }

    /** One to four changes, half of them where the pieces and the options are, not in the rules. */
    private static byte[] mutated(byte[] good, Random random) {
        byte[] file = good.clone();
        for (int i = random.nextInt(4); i >= 0; i--) {
            int at = random.nextBoolean() ? random.nextInt(Math.min(file.length, 12_000)) : file.length - 1 - random.nextInt(Math.min(file.length, 300_000));
            file = switch (random.nextInt(12)) {
                case 0 -> Arrays.copyOf(file, Math.max(at, 1));
                case 1, 2 -> without(file, at, Math.min(file.length, at + 1 + random.nextInt(8)));
                default -> {
                    file[at] = switch (random.nextInt(4)) {
                        case 0 -> (byte) 0xff;
                        case 1 -> 0;
                        case 2 -> (byte) (file[at] ^ 1 << random.nextInt(8));
                        default -> (byte) random.nextInt(256);
                    };
                    yield file;
                }
            };
        }
        return file;
    }

    private static byte[] without(byte[] file, int from, int to) {
        byte[] shorter = Arrays.copyOf(file, file.length - (to - from));
        System.arraycopy(file, to, shorter, from, file.length - to);
        return shorter.length == 0 ? new byte[1] : shorter;
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
}
