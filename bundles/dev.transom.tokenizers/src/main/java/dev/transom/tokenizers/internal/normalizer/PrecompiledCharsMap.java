package dev.transom.tokenizers.internal.normalizer;

import dev.transom.api.TransomException;
import dev.transom.tokenizers.internal.text.Changes;
import dev.transom.tokenizers.internal.text.NormalizedText;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * SentencePiece's compiled rewrite rules: a double-array trie from UTF-8 sequences to offsets of the replacements,
 * which are null-terminated UTF-8. Layout: u32 bytes of the trie, the trie's u32 units, the replacements.
 *
 * <p>A grapheme shorter than six bytes is looked up whole, else code point by code point; of several rules that match
 * its prefix the shortest is taken. That is what the {@code tokenizers} library does.
 */
public final class PrecompiledCharsMap implements Normalizer {

    private static final Pattern GRAPHEME = Pattern.compile("\\X");

    private final int[] units;
    private final byte[] replacements;

    /** @param where how error sentences call the map */
    public PrecompiledCharsMap(String where, byte[] map) {
        ByteBuffer buffer = ByteBuffer.wrap(map).order(ByteOrder.LITTLE_ENDIAN);
        long trieBytes = map.length < 4 ? Long.MAX_VALUE : Integer.toUnsignedLong(buffer.getInt());
        if (trieBytes > map.length - 4) {
            throw new TransomException(where + ": the trie of precompiled_charsmap must end within the map; its length says "
                    + trieBytes + " bytes, the map has " + map.length + ". Download the file again.");
        }
        units = new int[(int) trieBytes / 4];
        buffer.asIntBuffer().get(units);
        int start = 4 + units.length * 4;
        replacements = Arrays.copyOfRange(map, start, map.length);
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
            String whole = replacement(bytes);
            if (whole != null) {
                replace(changes, grapheme.codePointCount(0, grapheme.length()), whole);
                return true;
            }
        }
        boolean changed = false;
        for (int i = 0; i < grapheme.length(); ) {
            int codePoint = grapheme.codePointAt(i);
            i += Character.charCount(codePoint);
            String part = replacement(Character.toString(codePoint).getBytes(StandardCharsets.UTF_8));
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

    /** The replacement of the shortest rule that is a prefix of the key, or null. */
    private String replacement(byte[] key) {
        int node = 0;
        if (units.length == 0) {
            return null;
        }
        node ^= offset(units[0]);
        for (byte b : key) {
            int label = b & 0xff;
            node ^= label;
            if (label == 0 || node < 0 || node >= units.length || (units[node] & 0x800000ff) != label) {
                return null;
            }
            int unit = units[node];
            node ^= offset(unit);
            if ((unit >> 8 & 1) == 1) {
                return node < 0 || node >= units.length ? null : text(units[node] & 0x7fffffff);
            }
        }
        return null;
    }

    private static int offset(int unit) {
        return unit >>> 10 << ((unit & 1 << 9) >> 6);
    }

    private String text(int start) {
        int end = start;
        while (end < replacements.length && replacements[end] != 0) {
            end++;
        }
        return start >= end ? "" : new String(replacements, start, end - start, StandardCharsets.UTF_8);
    }
}
