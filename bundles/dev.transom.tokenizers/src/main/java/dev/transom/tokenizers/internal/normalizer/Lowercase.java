package dev.transom.tokenizers.internal.normalizer;

import dev.transom.tokenizers.internal.text.Changes;
import dev.transom.tokenizers.internal.text.CharacterClass;
import dev.transom.tokenizers.internal.text.NormalizedText;

/** Lower case, code point by code point and whatever the locale; U+0130 becomes i with a combining dot. */
public final class Lowercase implements Normalizer {

    @Override
    public void normalize(NormalizedText text) {
        String old = text.text();
        Changes changes = new Changes(old.length());
        boolean same = true;
        for (int i = 0; i < old.length(); ) {
            int codePoint = old.codePointAt(i);
            int lower = CharacterClass.toLowerCase(codePoint);
            changes.add(lower, 0);
            if (codePoint == 0x130) {
                changes.add(0x307, 1);
            }
            same &= lower == codePoint;
            i += Character.charCount(codePoint);
        }
        if (!same) {
            text.transform(changes, 0);
        }
    }
}
