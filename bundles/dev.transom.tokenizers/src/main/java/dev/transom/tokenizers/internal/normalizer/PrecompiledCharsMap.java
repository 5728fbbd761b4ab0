package dev.transom.tokenizers.internal.normalizer;

import dev.transom.tokenizers.internal.text.Changes;
import dev.transom.tokenizers.internal.text.NormalizedText;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * SentencePiece's rewrite rules as the {@code tokenizers} library applies them.
 *
 * <p>A grapheme shorter than six bytes is looked up whole, else code point by code point; of several rules that match
 * its prefix the shortest is taken.
 */
public final class PrecompiledCharsMap implements Normalizer {

    private static final Pattern GRAPHEME = Pattern.compile("\\X");

    private final RewriteRules rules;

    /** @param where how error sentences call the map */
    public PrecompiledCharsMap(String where, byte[] map) {
        rules = new RewriteRules(where, map);
    }

    @Override
    public void normalize(NormalizedText text) {
        String old = text.text();
        Changes changes = new Changes(old.length());
        boolean changed = false;
        Matcher graphemes = GRAPHEME.matcher(old);
        int last = 0;
        while (graphemes.find()) {
            changed |= grapheme(graphemes.group(), changes);
            last = graphemes.end();
        }
        if (last < old.length()) {
            changed |= grapheme(old.substring(last), changes);
        }
        if (changed) {
            text.transform(changes, 0);
        }
    }

    private boolean grapheme(String grapheme, Changes changes) {
        byte[] bytes = grapheme.getBytes(StandardCharsets.UTF_8);
        if (bytes.length < 6) {
            String whole = rules.shortest(bytes);
            if (whole != null) {
                replace(changes, grapheme.codePointCount(0, grapheme.length()), whole);
                return true;
            }
        }
        boolean changed = false;
        for (int i = 0; i < grapheme.length(); ) {
            int codePoint = grapheme.codePointAt(i);
            i += Character.charCount(codePoint);
            String part = rules.shortest(Character.toString(codePoint).getBytes(StandardCharsets.UTF_8));
            if (part == null) {
                changes.add(codePoint, 0);
            } else {
                replace(changes, 1, part);
                changed = true;
            }
        }
        return changed;
    }

    /** Replaces {@code oldCount} code points by a string: the surplus counts as inserted, a lack as removed. */
    private static void replace(Changes changes, int oldCount, String replacement) {
        int newCount = replacement.codePointCount(0, replacement.length());
        replacement.codePoints().forEach(c -> changes.add(c, 0));
        if (newCount > oldCount) {
            for (int i = 0; i < newCount - oldCount; i++) {
                changes.setChange(changes.size() - 1 - i, 1);
            }
        } else {
            changes.addToLast(newCount - oldCount);
        }
    }
}
