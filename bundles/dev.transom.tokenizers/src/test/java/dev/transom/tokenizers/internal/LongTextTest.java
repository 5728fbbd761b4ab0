package dev.transom.tokenizers.internal;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.transom.api.tokenizer.Tokenizer;
import java.lang.management.ManagementFactory;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Texts without any place to cut: the time must grow as their length does. */
class LongTextTest {

    private static final int LENGTH = 150_000;
    /** A quadratic step would take minutes of processor time. */
    private static final double MOST_SECONDS = 15;

    @ParameterizedTest
    @ValueSource(strings = {"bpe-byte-fallback", "byte-level-bpe", "byte-level-bpe-split", "unigram", "wordpiece"})
    void encodesALongWordInSeconds(String name) {
        Tokenizer tokenizer = TokenizerJson.read(TokenizerJson.golden(name));
        for (String unit : List.of("a", "the", " ", "e\u0301", "🙂", "\u0301", "<")) {
            long start = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
            int[] ids = TokenizerJson.ids(tokenizer, unit.repeat(LENGTH / unit.length()));
            tokenizer.decode(ids, true);
            double seconds = (ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - start) / 1e9;
            assertTrue(seconds < MOST_SECONDS, () -> unit + " took " + seconds + " s");
        }
    }
}
