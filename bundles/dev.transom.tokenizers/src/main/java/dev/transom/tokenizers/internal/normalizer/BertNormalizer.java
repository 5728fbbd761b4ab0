package dev.transom.tokenizers.internal.normalizer;

import dev.transom.tokenizers.internal.text.Changes;
import dev.transom.tokenizers.internal.text.CharacterClass;
import dev.transom.tokenizers.internal.text.NormalizedText;
import dev.transom.tokenizers.internal.text.UnicodeForm;

/**
 * The clean-up of BERT's basic tokenizer.
 *
 * @param cleanText removes control characters and makes all white space a space
 * @param partIdeographs puts spaces around CJK ideographs
 * @param stripAccents removes combining marks after NFD
 * @param lowercase makes lower case
 */
public record BertNormalizer(boolean cleanText, boolean partIdeographs, boolean stripAccents, boolean lowercase)
        implements Normalizer {

    @Override
    public void normalize(NormalizedText text) {
        if (cleanText) {
            text.filter(c -> c != 0 && c != 0xfffd && !CharacterClass.isControl(c));
            text.map(c -> CharacterClass.isWhitespace(c) ? ' ' : c);
        }
        if (partIdeographs) {
            partIdeographs(text);
        }
        if (stripAccents) {
            UnicodeForm.NFD.apply(text);
            text.filter(c -> !CharacterClass.isNonspacingMark(c));
        }
        if (lowercase) {
            new Lowercase().normalize(text);
        }
    }

    private static void partIdeographs(NormalizedText text) {
        String old = text.text();
        if (old.codePoints().noneMatch(CharacterClass::isIdeograph)) {
            return;
        }
        Changes changes = new Changes(old.length() + 16);
        old.codePoints().forEach(c -> {
            if (CharacterClass.isIdeograph(c)) {
                changes.add(' ', 0);
                changes.add(c, 1);
                changes.add(' ', 1);
            } else {
                changes.add(c, 0);
            }
        });
        text.transform(changes, 0);
    }
}
