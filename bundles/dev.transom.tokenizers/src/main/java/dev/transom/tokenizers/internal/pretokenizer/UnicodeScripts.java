package dev.transom.tokenizers.internal.pretokenizer;

import dev.transom.tokenizers.internal.text.CharacterClass;
import dev.transom.tokenizers.internal.text.NormalizedText;
import dev.transom.tokenizers.internal.text.PreTokenizedText;
import java.lang.Character.UnicodeScript;
import java.util.ArrayList;
import java.util.List;

/** Cuts where the script changes; kana count as Han, a space and unassigned code points as any script. */
public final class UnicodeScripts implements PreTokenizer {

    @Override
    public void preTokenize(PreTokenizedText text) {
        text.split(UnicodeScripts::split);
    }

    /** UNKNOWN stands for any script. */
    private static UnicodeScript script(int codePoint) {
        if (codePoint == ' ') {
            return UnicodeScript.UNKNOWN;
        }
        UnicodeScript script = CharacterClass.script(codePoint);
        boolean kana = script == UnicodeScript.HIRAGANA || script == UnicodeScript.KATAKANA || codePoint == 0x30fc;
        return kana ? UnicodeScript.HAN : script;
    }

    /** As in the library, what stands before the first code point of a definite script is not part of any piece. */
    private static List<NormalizedText> split(NormalizedText piece) {
        List<NormalizedText> parts = new ArrayList<>();
        String text = piece.text();
        int start = -1;
        UnicodeScript last = null;
        for (int i = 0; i < text.length(); ) {
            int codePoint = text.codePointAt(i);
            UnicodeScript script = script(codePoint);
            if (script != UnicodeScript.UNKNOWN && script != last) {
                if (start >= 0) {
                    parts.add(piece.slice(start, i));
                }
                start = i;
                last = script;
            }
            i += Character.charCount(codePoint);
        }
        if (start >= 0) {
            parts.add(piece.slice(start, text.length()));
        }
        return parts;
    }
}
