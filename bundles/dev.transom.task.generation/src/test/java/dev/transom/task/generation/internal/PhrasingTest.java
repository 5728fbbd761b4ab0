package dev.transom.task.generation.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.transom.api.sampler.SamplingOptions;
import dev.transom.api.sampler.SamplingOptions.Phrase;
import dev.transom.api.tokenizer.Encoding;
import dev.transom.api.tokenizer.Tokenizer;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class PhrasingTest {

    /** A token for each ASCII character. */
    private static final Tokenizer CHARACTERS = (Tokenizer) Proxy.newProxyInstance(Tokenizer.class.getClassLoader(),
        new Class<?>[] {Tokenizer.class}, (self, method, arguments) -> switch (method.getName()) {
            case "encode" -> new Encoding(((String) arguments[0]).chars().toArray(), null, null, null, null, null, null, null, null);
            case "vocabularySize" -> 128;
            case "isSpecial" -> false;
            case "tokenBytes" -> String.valueOf((char) (int) arguments[0]).getBytes(StandardCharsets.UTF_8);
            case "hashCode" -> 1;
            case "equals" -> self == arguments[0];
            default -> throw new AssertionError(method);
        });

    @Test
    void aWordCountsWithAndWithoutASpaceBeforeIt() {
        SamplingOptions options = SamplingOptions.NONE.with("bad_words", List.of(Phrase.of("ab"), Phrase.of(5)));
        assertEquals(List.of(new Phrase("ab", List.of(97, 98), 0), new Phrase("ab", List.of(32, 97, 98), 0), Phrase.of(5)),
            new Phrasing().resolve(options, CHARACTERS).phrases("bad_words"));
    }

    @Test
    void dryBreaksAtEveryTokenThatHoldsABreaker() {
        SamplingOptions options = SamplingOptions.NONE.with("dry_multiplier", 0.8);
        assertEquals(List.of(Phrase.of(10), Phrase.of(58), Phrase.of(34), Phrase.of(42)),
            new Phrasing().resolve(options, CHARACTERS).phrases("dry_breakers"));
        assertEquals(List.of(), new Phrasing().resolve(options.with("dry_breakers", List.of()), CHARACTERS).phrases("dry_breakers"));
    }
}
