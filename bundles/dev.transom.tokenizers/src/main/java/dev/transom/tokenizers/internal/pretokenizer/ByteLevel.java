package dev.transom.tokenizers.internal.pretokenizer;

import dev.transom.tokenizers.internal.text.BytesAsCharacters;
import dev.transom.tokenizers.internal.text.NormalizedText;
import dev.transom.tokenizers.internal.text.PreTokenizedText;
import dev.transom.tokenizers.internal.text.RegexPattern;
import dev.transom.tokenizers.internal.text.SplitBehavior;
import java.util.List;

/**
 * GPT-2's: splits by its expression and writes each piece as the characters of its bytes.
 *
 * @param addPrefixSpace puts a space before a piece that does not start with one
 * @param useRegex whether it splits; otherwise an earlier step did
 */
public record ByteLevel(boolean addPrefixSpace, boolean useRegex) implements PreTokenizer {

    private static final RegexPattern PIECES = new RegexPattern("byte-level pre-tokenizer",
            "'s|'t|'re|'ve|'m|'ll|'d| ?\\p{L}+| ?\\p{N}+| ?[^\\s\\p{L}\\p{N}]+|\\s+(?!\\S)|\\s+");

    @Override
    public void preTokenize(PreTokenizedText text) {
        text.split(this::split);
        text.normalize(BytesAsCharacters::apply);
    }

    private List<NormalizedText> split(NormalizedText piece) {
        if (addPrefixSpace && !piece.text().startsWith(" ")) {
            piece.prepend(" ");
        }
        return useRegex ? piece.split(PIECES, SplitBehavior.ISOLATED) : List.of(piece);
    }
}
