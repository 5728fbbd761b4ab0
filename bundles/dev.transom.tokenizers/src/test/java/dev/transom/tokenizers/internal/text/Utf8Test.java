package dev.transom.tokenizers.internal.text;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.transom.tokenizers.internal.TokenizerJson;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class Utf8Test {

    /** As Rust's from_utf8_lossy: Unicode's "maximal subparts", Unicode 17, section 3.9, table 3-8. */
    @ParameterizedTest
    @CsvSource({"61,a", "c3a9,é", "e4bb8a,今", "f09f9982,🙂", "ff,?", "c0af,??", "edbf,??", "eda080,???", "e0809f,???",
        "f09f99,?", "f09f9961,?a", "f4908080,????", "e4bbe4bb8a,?今", "c361,?a", "80,?", "c1,?", "f880808080,?????"})
    void replacesEachLongestBeginningOfACharacter(String hex, String text) {
        assertEquals(text.replace('?', '\ufffd'), Utf8.lossy(HexFormat.of().parseHex(hex)));
    }

    @Test
    void agreesWithJavaOnEveryWellFormedText() {
        Random random = new Random(8);
        for (int round = 0; round < 2000; round++) {
            StringBuilder text = new StringBuilder();
            for (int i = random.nextInt(20); i > 0; i--) {
                int codePoint = random.nextInt(random.nextBoolean() ? 0x800 : 0x110000);
                text.appendCodePoint(codePoint >= 0xd800 && codePoint < 0xe000 ? 'x' : codePoint);
            }
            byte[] bytes = text.toString().getBytes(StandardCharsets.UTF_8);
            assertEquals(text.toString(), Utf8.lossy(bytes));
            for (int cut = 0; cut <= bytes.length; cut++) {
                boolean whole = cut == bytes.length || (bytes[cut] & 0xc0) != 0x80;
                assertEquals(whole, Utf8.unfinished(bytes, cut) == 0);
            }
        }
    }

    /** Found by random ids: 0xED 0xBF begins no character, so each byte is one replacement. */
    @Test
    void decodesByteLevelTokensAsTheLibraryDoes() {
        var tokenizer = TokenizerJson.read(TokenizerJson.golden("byte-level-bpe"));
        assertEquals("and\")\ufffd\ufffdive", tokenizer.decode(new int[] {659, 1157, 170, 124, 929}, false));
    }
}
