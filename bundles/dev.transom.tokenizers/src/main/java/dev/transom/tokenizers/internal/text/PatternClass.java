package dev.transom.tokenizers.internal.text;

import java.util.Locale;
import java.util.Map;

/** The character classes of Oniguruma as Java writes them: members of a bracket, or a class of its own. */
final class PatternClass {

    static final String SPACE =
            "\\x09-\\x0d\\x20\\x85\\xa0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000";
    static final String WORD = "\\p{IsAlphabetic}\\p{M}\\p{Nd}\\p{Pc}";
    /** Outside brackets Oniguruma's {@code \w} also takes the Latin-1 superscripts and fractions. */
    static final String WORD_ALONE = WORD + "\\xb2\\xb3\\xb9\\xbc-\\xbe";
    static final String HEX = "0-9a-fA-F";

    private static final Map<String, String> POSIX = Map.ofEntries(
            Map.entry("alpha", "\\p{IsAlphabetic}"), Map.entry("digit", "\\p{Nd}"), Map.entry("space", SPACE),
            Map.entry("alnum", "\\p{IsAlphabetic}\\p{Nd}"), Map.entry("word", WORD), Map.entry("xdigit", HEX),
            Map.entry("punct", "\\p{P}\\p{S}"), Map.entry("upper", "\\p{IsUppercase}"),
            Map.entry("lower", "\\p{IsLowercase}"), Map.entry("blank", "\\t\\p{Zs}"), Map.entry("cntrl", "\\p{Cc}"),
            Map.entry("graph", "[^" + SPACE + "\\p{Cc}\\p{Cs}\\p{Cn}]"),
            Map.entry("print", "[^\\p{Cc}\\p{Cs}\\p{Cn}\\u2028\\u2029]"), Map.entry("ascii", "\\x00-\\x7f"));

    private PatternClass() {}

    /** The class of {@code [:name:]}. */
    static String posix(String name, boolean negated) {
        String members = POSIX.get(name);
        if (members == null) {
            throw new IllegalArgumentException("[:" + name + ":]");
        }
        return (negated ? "[^" : "[") + members + "]";
    }

    /** The class of {@code \p{name}}. */
    static String property(String name, boolean negated) {
        String lower = name.toLowerCase(Locale.ROOT);
        if (lower.equals("any")) {
            return negated ? "[^\\x{0}-\\x{10ffff}]" : "[\\x{0}-\\x{10ffff}]";
        }
        String members = lower.equals("punct") ? "\\p{P}" : POSIX.get(lower);
        if (members != null) {
            return (negated ? "[^" : "[") + members + "]";
        }
        return (negated ? "\\P{" : "\\p{") + javaProperty(name) + "}";
    }

    /** General categories keep their short name; long names and scripts need Java's prefix. */
    private static String javaProperty(String name) {
        if (name.matches("[A-Za-z][a-z&]?")) {
            String category = name.substring(0, 1).toUpperCase(Locale.ROOT) + name.substring(1).toLowerCase(Locale.ROOT);
            return category.equals("L&") ? "LC" : category;
        }
        String category = switch (name.toLowerCase(Locale.ROOT).replace("_", "").replace(" ", "")) {
            case "letter" -> "L";
            case "uppercaseletter" -> "Lu";
            case "lowercaseletter" -> "Ll";
            case "titlecaseletter" -> "Lt";
            case "modifierletter" -> "Lm";
            case "otherletter" -> "Lo";
            case "mark" -> "M";
            case "nonspacingmark" -> "Mn";
            case "spacingmark" -> "Mc";
            case "number" -> "N";
            case "decimalnumber" -> "Nd";
            case "punctuation" -> "P";
            case "symbol" -> "S";
            case "separator" -> "Z";
            case "other" -> "C";
            default -> null;
        };
        return category != null ? category : "Is" + name;
    }
}
