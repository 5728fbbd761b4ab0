package dev.transom.tokenizers.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.transom.api.tokenizer.IncrementalDecoder;
import dev.transom.api.tokenizer.Tokenizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WindowDecoderTest {

    private static final String TEXT = "naïve 👨‍👩‍👧 今天天气很好。\u0000 हिन्दी\r\n  it's 12345  שָׁלוֹם e\u0301 🇩🇪 the model .";

    @ParameterizedTest
    @ValueSource(strings = {"bpe-byte-fallback", "byte-level-bpe", "byte-level-bpe-split", "unigram", "wordpiece"})
    void givesTheTextOfAllIdsAndNeverHalfACharacter(String name) {
        Tokenizer tokenizer = TokenizerJson.read(TokenizerJson.golden(name));
        int[] ids = TokenizerJson.ids(tokenizer, TEXT);
        String whole = tokenizer.decode(ids, false);
        List<String> pieces = pieces(tokenizer, ids, false);
        assertEquals(whole, String.join("", pieces));
        for (String piece : pieces) {
            assertEquals(whole.indexOf('\ufffd') >= 0 && piece.indexOf('\ufffd') >= 0, piece.indexOf('\ufffd') >= 0, piece);
            assertFalse(!piece.isEmpty() && Character.isHighSurrogate(piece.charAt(piece.length() - 1)), piece);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"byte-level-bpe", "byte-level-bpe-split", "unigram", "wordpiece"})
    void givesTheTextOfAnyIds(String name) {
        Tokenizer tokenizer = TokenizerJson.read(TokenizerJson.golden(name));
        Random random = new Random(3);
        for (int round = 0; round < 500; round++) {
            int[] ids = random.ints(1 + random.nextInt(40), 0, tokenizer.vocabularySize() + 3).toArray();
            boolean skip = random.nextBoolean();
            assertEquals(tokenizer.decode(ids, skip), String.join("", pieces(tokenizer, ids, skip)));
        }
    }

    @Test
    void holdsAnUnfinishedCharacterUntilTheStreamEnds() {
        Tokenizer tokenizer = TokenizerJson.read(TokenizerJson.golden("byte-level-bpe"));
        int[] ids = TokenizerJson.ids(tokenizer, "🙂");
        IncrementalDecoder decoder = tokenizer.decoder(false);
        for (int i = 0; i + 1 < ids.length; i++) {
            assertEquals("", decoder.push(ids[i]));
        }
        assertEquals("\ufffd", decoder.finish());
    }

    @Test
    void skipsMarkersAndUnknownIds() {
        Tokenizer tokenizer = TokenizerJson.read(TokenizerJson.golden("wordpiece"));
        int marker = tokenizer.id("[CLS]").orElseThrow();
        IncrementalDecoder decoder = tokenizer.decoder(true);
        assertEquals("", decoder.push(marker));
        assertEquals("", decoder.push(1_000_000));
        assertEquals("the", decoder.push(TokenizerJson.ids(tokenizer, "the")[0]));
        assertEquals("", decoder.finish());
    }

    private static List<String> pieces(Tokenizer tokenizer, int[] ids, boolean skipSpecialTokens) {
        IncrementalDecoder decoder = tokenizer.decoder(skipSpecialTokens);
        List<String> pieces = new ArrayList<>();
        for (int id : ids) {
            pieces.add(decoder.push(id));
        }
        pieces.add(decoder.finish());
        return pieces;
    }
}
