package dev.transom.tokenizers.internal.normalizer;

import dev.transom.tokenizers.internal.text.Changes;
import dev.transom.tokenizers.internal.text.CharacterClass;
import dev.transom.tokenizers.internal.text.NormalizedText;

/**
 * Removes white space at the ends.
 *
 * @param left at the start
 * @param right at the end
 */
public record Strip(boolean left, boolean right) implements Normalizer {

    @Override
    public void normalize(NormalizedText text) {
        int[] codePoints = text.text().codePoints().toArray();
        int start = 0;
        while (left && start < codePoints.length && CharacterClass.isWhitespace(codePoints[start])) {
            start++;
        }
        int end = codePoints.length;
        while (right && end > start && CharacterClass.isWhitespace(codePoints[end - 1])) {
            end--;
        }
        if (start == 0 && end == codePoints.length) {
            return;
        }
        Changes changes = new Changes(end - start);
        for (int i = start; i < end; i++) {
            changes.add(codePoints[i], i == end - 1 ? end - codePoints.length : 0);
        }
        text.transform(changes, start);
    }
}
