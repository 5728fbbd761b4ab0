package dev.transom.tokenizers.internal.pretokenizer;

import dev.transom.tokenizers.internal.text.NormalizedText;
import dev.transom.tokenizers.internal.text.PreTokenizedText;
import java.util.ArrayList;
import java.util.List;

/**
 * Cuts after every so many code points.
 *
 * @param length code points of a piece, at least 1
 */
public record FixedLength(int length) implements PreTokenizer {

    @Override
    public void preTokenize(PreTokenizedText text) {
        text.split(this::split);
    }

    private List<NormalizedText> split(NormalizedText piece) {
        List<NormalizedText> parts = new ArrayList<>();
        String text = piece.text();
        int start = 0;
        int count = 0;
        for (int i = 0; i < text.length(); ) {
            i += Character.charCount(text.codePointAt(i));
            if (++count % length == 0 || i == text.length()) {
                parts.add(piece.slice(start, i));
                start = i;
            }
        }
        return parts;
    }
}
