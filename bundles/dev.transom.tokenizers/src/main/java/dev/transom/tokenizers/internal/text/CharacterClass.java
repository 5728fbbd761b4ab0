package dev.transom.tokenizers.internal.text;

/** Classes of code points that normalisers and pre-tokenisers ask for, as the {@code tokenizers} library answers. */
public final class CharacterClass {

    private static final CodePointSet OTHER = UnicodeData.INSTANCE.section("other differs");
    private static final CodePointSet NONSPACING_MARK = UnicodeData.INSTANCE.section("nonspacing mark differs");
    private static final CodePointSet MARK = UnicodeData.INSTANCE.section("mark differs");
    private static final CodePointSet PUNCTUATION = UnicodeData.INSTANCE.section("punctuation differs");
    private static final CodePointSet NUMBER = UnicodeData.INSTANCE.section("number differs");
    private static final CodePointSet NO_SCRIPT = UnicodeData.INSTANCE.section("script absent");

    private static final int MARKS =
            1 << Character.NON_SPACING_MARK | 1 << Character.ENCLOSING_MARK | 1 << Character.COMBINING_SPACING_MARK;
    private static final int PUNCTUATIONS = 1 << Character.CONNECTOR_PUNCTUATION | 1 << Character.DASH_PUNCTUATION
            | 1 << Character.START_PUNCTUATION | 1 << Character.END_PUNCTUATION | 1 << Character.INITIAL_QUOTE_PUNCTUATION
            | 1 << Character.FINAL_QUOTE_PUNCTUATION | 1 << Character.OTHER_PUNCTUATION;
    private static final int NUMBERS =
            1 << Character.DECIMAL_DIGIT_NUMBER | 1 << Character.LETTER_NUMBER | 1 << Character.OTHER_NUMBER;
    private static final int OTHERS = 1 << Character.CONTROL | 1 << Character.FORMAT | 1 << Character.PRIVATE_USE;

    private CharacterClass() {}

    private static boolean isOf(int codePoint, int types) {
        return (types >> Character.getType(codePoint) & 1) != 0;
    }

    /** The White_Space property. */
    public static boolean isWhitespace(int c) {
        return c == ' ' || c >= 0x09 && c <= 0x0d
                || c >= 0x85 && (c == 0x85 || c == 0xa0 || c == 0x1680 || c >= 0x2000 && c <= 0x200a
                        || c == 0x2028 || c == 0x2029 || c == 0x202f || c == 0x205f || c == 0x3000);
    }

    /** Control, format and private use characters, except tabs and line ends. */
    public static boolean isControl(int c) {
        return c != '\t' && c != '\n' && c != '\r' && isOf(c, OTHERS) != (c > 0x7f && OTHER.contains(c));
    }

    /** General category Mn. */
    public static boolean isNonspacingMark(int c) {
        return c > 0x7f && isOf(c, 1 << Character.NON_SPACING_MARK) != NONSPACING_MARK.contains(c);
    }

    /** General categories Mn, Mc, Me. */
    public static boolean isMark(int c) {
        return c > 0x7f && isOf(c, MARKS) != MARK.contains(c);
    }

    /** General categories P* and the ASCII characters that are neither letter, digit, space nor control. */
    public static boolean isPunctuation(int c) {
        if (c < 0x80) {
            return c > ' ' && c < 0x7f && !Character.isLetterOrDigit(c);
        }
        return isOf(c, PUNCTUATIONS) != PUNCTUATION.contains(c);
    }

    /** General categories Nd, Nl, No. */
    public static boolean isNumber(int c) {
        return isOf(c, NUMBERS) != (c > 0x7f && NUMBER.contains(c));
    }

    /** The regular expression class {@code \w}: letters, marks, decimal digits, connectors, joiners. */
    public static boolean isWord(int c) {
        return Character.isAlphabetic(c) || c == 0x200c || c == 0x200d
                || isOf(c, MARKS | 1 << Character.DECIMAL_DIGIT_NUMBER | 1 << Character.CONNECTOR_PUNCTUATION);
    }

    /** The CJK ideographs that BERT's tokenizer parts. */
    public static boolean isIdeograph(int c) {
        return c >= 0x3400 && (c <= 0x4dbf || c >= 0x4e00 && c <= 0x9fff || c >= 0xf900 && c <= 0xfaff
                || c >= 0x20000 && c <= 0x2a6df || c >= 0x2a700 && c <= 0x2b81f || c >= 0x2b920 && c <= 0x2ceaf
                || c >= 0x2f800 && c <= 0x2fa1f);
    }

    /** The script; UNKNOWN for code points that the library's table lacks. */
    public static Character.UnicodeScript script(int c) {
        if (NO_SCRIPT.contains(c)) {
            return Character.UnicodeScript.UNKNOWN;
        }
        return switch (c) {
            case 0x589, 0x61c -> Character.UnicodeScript.COMMON;
            case 0x953, 0x954 -> Character.UnicodeScript.DEVANAGARI;
            default -> Character.UnicodeScript.of(c);
        };
    }

    /** Simple lower case, except for U+0130; newer case pairs than Java's are added by hand. */
    public static int toLowerCase(int c) {
        if (c == 0xa7ce || c == 0xa7d2 || c == 0xa7d4) {
            return c + 1;
        }
        return c >= 0x16ea0 && c <= 0x16eb8 ? c + 0x1b : Character.toLowerCase(c);
    }
}
