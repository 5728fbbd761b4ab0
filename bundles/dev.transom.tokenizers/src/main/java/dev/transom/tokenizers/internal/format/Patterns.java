package dev.transom.tokenizers.internal.format;

import dev.transom.tokenizers.internal.text.RegexPattern;
import dev.transom.tokenizers.internal.text.TextPattern;

/** Reads patterns: {@code {"String": …}} or {@code {"Regex": …}}. */
final class Patterns {

    private Patterns() {}

    static TextPattern read(JsonNode node) {
        if (node.find("Regex").isPresent()) {
            JsonNode regex = node.get("Regex");
            return new RegexPattern(regex.where(), regex.string());
        }
        if (node.find("String").isEmpty()) {
            throw node.refuse("an object with String or Regex");
        }
        String literal = node.get("String").string();
        return literal.isEmpty() ? new RegexPattern(node.where(), "") : TextPattern.literal(literal);
    }
}
