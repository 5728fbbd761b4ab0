package dev.transom.tokenizers.internal.decoder;

import java.util.ArrayList;
import java.util.List;

/**
 * Connectionist temporal classification: repeated tokens count once, the pad token parts repetitions.
 *
 * @param pad the pad token, which goes
 * @param wordDelimiter becomes a space with {@code cleanup}
 * @param cleanup removes spaces before punctuation
 */
public record CtcDecoder(String pad, String wordDelimiter, boolean cleanup) implements Decoder {

    @Override
    public List<String> decode(List<String> tokens) {
        List<String> texts = new ArrayList<>(tokens.size());
        String last = null;
        for (String token : tokens) {
            if (token.equals(last)) {
                continue;
            }
            last = token;
            String text = token.replace(pad, "");
            text = cleanup ? WordPieceDecoder.cleaned(text).replace(wordDelimiter, " ") : text;
            if (!text.isEmpty()) {
                texts.add(text);
            }
        }
        return texts;
    }
}
