package dev.transom.tokenizers.internal.decoder;

import dev.transom.api.TransomException;
import dev.transom.tokenizers.internal.text.Span;
import dev.transom.tokenizers.internal.text.TextPattern;
import java.util.List;

/**
 * Replaces every match inside a token.
 *
 * @param pattern what is replaced
 * @param content by what
 */
public record ReplaceDecoder(TextPattern pattern, String content) implements Decoder {

    private static final int LONGEST_GROWN = 1_000_000;

    @Override
    public List<String> decode(List<String> tokens) {
        return tokens.stream().map(this::inText).toList();
    }

    @Override
    public String inText(String token) {
        StringBuilder text = new StringBuilder(token.length());
        for (Span span : pattern.find(token)) {
            if (text.length() > Math.max(token.length(), LONGEST_GROWN)) {
                throw new TransomException("decoder: a text must not grow beyond " + LONGEST_GROWN + " characters; its rules "
                        + "make it longer. Use another tokenizer.");
            }
            text.append(span.match() ? content : token.substring(span.start(), span.end()));
        }
        return text.toString();
    }
}
