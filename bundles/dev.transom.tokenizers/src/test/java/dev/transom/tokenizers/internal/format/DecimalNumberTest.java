package dev.transom.tokenizers.internal.format;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.transom.tokenizers.internal.TokenizerJson;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DecimalNumberTest {

    @ParameterizedTest
    @ValueSource(strings = {"0", "-1.5", "12", "1e3", "2.5E-4", "9007199254740993", "18446744073709551615", "1e-300"})
    void readsNumbersOfFewDigitsAsTheNearestDouble(String text) {
        assertEquals(Double.parseDouble(text), DecimalNumber.parse(text));
    }

    @Test
    void dividesTheDigitsByAPowerOfTen() {
        // 39942698853180962 needs 56 bits: it rounds once as an integer and once more when divided.
        assertEquals((double) 39942698853180962L / 1e16, DecimalNumber.parse("3.9942698853180962"));
    }

    @Test
    void leavesOutDigitsThatA64BitIntegerCannotHold() {
        assertEquals(1.2345678901234567891, DecimalNumber.parse("1.234567890123456789123456789"), 1e-15);
        assertEquals(1234567890123456789012e0, DecimalNumber.parse("1234567890123456789012"), 1e6);
    }

    @ParameterizedTest
    @ValueSource(strings = {"1e400", "1e999999999999", "1e309"})
    void saysInfinityWhenTheNumberIsTooLarge(String text) {
        assertEquals(Double.POSITIVE_INFINITY, DecimalNumber.parse(text));
        assertEquals(Double.NEGATIVE_INFINITY, DecimalNumber.parse("-" + text));
    }

    @Test
    void says0WhenTheNumberIsTooSmall() {
        assertEquals(0, DecimalNumber.parse("1e-400"));
        assertEquals(0, DecimalNumber.parse("1e-99999999999"));
        assertEquals(0, DecimalNumber.parse("0e99999999999"));
    }

    /** Found by random texts: two cuts of such a run have the same sum of scores but for the last bit. */
    @Test
    void decidesTiesOfAUnigramModelAsTheLibraryDoes() {
        var tokenizer = TokenizerJson.read(TokenizerJson.golden("unigram"));
        assertArrayEquals(new int[] {5, 10, 10, 33, 33}, TokenizerJson.ids(tokenizer, "........"));
        assertArrayEquals(new int[] {5, 10, 33, 33}, TokenizerJson.ids(tokenizer, "......."));
        assertArrayEquals(new int[] {5, 28, 10, 10, 33}, TokenizerJson.ids(tokenizer, ";....."));
    }
}
