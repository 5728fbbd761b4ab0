package dev.transom.tokenizers.internal.decoder;

import java.util.ArrayList;
import java.util.List;

/**
 * Puts spaces between words.
 *
 * @param prefix marks tokens that continue a word
 * @param cleanup removes spaces before punctuation and English contractions
 */
public record WordPieceDecoder(String prefix, boolean cleanup) implements Decoder {

    @Override
    public List<String> decode(List<String> tokens) {
        List<String> texts = new ArrayList<>(tokens.size());
        for (String token : tokens) {
            texts.add(texts.isEmpty() ? clean(token) : inText(token));
        }
        return texts;
    }

    @Override
    public String inText(String token) {
        return clean(token.startsWith(prefix) ? token.substring(prefix.length()) : " " + token);
    }

    private String clean(String text) {
        return cleanup ? cleaned(text) : text;
    }

    /** The text without spaces before punctuation and English contractions. */
    static String cleaned(String text) {
        return text.replace(" .", ".").replace(" ?", "?").replace(" !", "!").replace(" ,", ",").replace(" ' ", "'")
                .replace(" n't", "n't").replace(" 'm", "'m").replace(" do not", " don't").replace(" 's", "'s")
                .replace(" 've", "'ve").replace(" 're", "'re");
    }
}
