package dev.transom.tokenizers.internal.format;

import java.util.List;
import java.util.Random;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** Spoils JSON text at random: its bytes, or its values by hostile ones. */
final class JsonMutations {

    private static final Pattern LEXEMES = Pattern.compile("\"(?:[^\"\\\\]|\\\\.)*\"|-?\\d[\\d.eE+-]*|true|false|null|[\\[\\]{},:]");
    private static final List<String> HOSTILE = List.of("null", "true", "false", "0", "-1", "1", "1.5", "1e999", "2147483647",
            "2147483648", "99999999999999999999", "\"\"", "\" \"", "\"\\u0000\"", "\"\\ud800\"", "\"\\ud83d\\ude42\"", "[]", "{}",
            "[[]]", "[null]", "{\"a\": 1}", "\"(a+)+$\"", "\"(?:x{1000}){1000}\"", "\"((((\"", "\"\\\\p{Nope}\"", "\"a*\"",
            "\"\\\\G\"", "\"BPE\"", "\"Unigram\"", "\"WordPiece\"", "\"WordLevel\"", "\"Sequence\"", "\"ByteLevel\"", "\"Split\"",
            "\"Precompiled\"", "\"Replace\"", "\"Strip\"", "\"FixedLength\"", "\"CTC\"", "\"AAAAAAAAAAA=\"", "\"/////w==\"",
            "{\"Regex\": \"\"}", "{\"String\": \"\"}", "{\"Regex\": \"(.*)*\\\\1\"}", "[".repeat(300), "{\"a\":".repeat(100));

    private final Random random;

    JsonMutations(long seed) {
        random = new Random(seed);
    }

    /** One to three changes. */
    String of(String json) {
        String text = json;
        for (int i = random.nextInt(3); i >= 0; i--) {
            text = random.nextInt(4) == 0 ? bytes(text) : lexeme(text);
        }
        return text;
    }

    private String bytes(String text) {
        int at = random.nextInt(text.length());
        int end = Math.min(text.length(), at + random.nextInt(6));
        return switch (random.nextInt(4)) {
            case 0 -> text.substring(0, at);
            case 1 -> text.substring(0, at) + text.substring(end);
            case 2 -> text.substring(0, end) + text.substring(at);
            default -> text.substring(0, at) + (char) random.nextInt(random.nextBoolean() ? 0x80 : 0x10000) + text.substring(at);
        };
    }

    private String lexeme(String text) {
        List<MatchResult> lexemes = LEXEMES.matcher(text).results().toList();
        if (lexemes.isEmpty()) {
            return text;
        }
        // A vocabulary is most of the file; the rest deserves half of the changes.
        int vocabulary = (int) lexemes.stream().takeWhile(l -> !l.group().equals("\"vocab\"")).count();
        int bound = random.nextBoolean() ? Math.max(1, vocabulary) : lexemes.size();
        MatchResult one = lexemes.get(random.nextInt(bound));
        String replacement = switch (random.nextInt(4)) {
            case 0 -> "";
            case 1 -> lexemes.get(random.nextInt(bound)).group();
            default -> HOSTILE.get(random.nextInt(HOSTILE.size()));
        };
        return text.substring(0, one.start()) + replacement + text.substring(one.end());
    }
}
