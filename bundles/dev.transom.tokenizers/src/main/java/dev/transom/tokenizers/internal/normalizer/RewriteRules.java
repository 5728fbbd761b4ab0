package dev.transom.tokenizers.internal.normalizer;

import dev.transom.api.TransomException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * SentencePiece's compiled rewrite rules ({@code precompiled_charsmap}): a double-array trie from UTF-8 sequences to offsets
 * of the replacements, which are null-terminated UTF-8. Layout: u32 bytes of the trie, the trie's u32 units, the replacements.
 */
public final class RewriteRules {

    /** No rules at all. */
    public static final RewriteRules NONE = new RewriteRules("", new byte[4]);

    private final int[] units;
    private final byte[] replacements;

    /**
     * A rule that matched.
     *
     * @param length bytes of the key that it replaces
     * @param text by what
     */
    public record Match(int length, String text) {}

    /** @param where how error sentences call the map */
    public RewriteRules(String where, byte[] map) {
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

    /** The replacement of the shortest rule that is a prefix of the key, or null. */
    String shortest(byte[] key) {
        Match match = find(key, 0, true);
        return match == null ? null : match.text;
    }

    /** The longest rule that matches at a place of the text, or null. */
    Match longest(byte[] text, int from) {
        return find(text, from, false);
    }

    private Match find(byte[] text, int from, boolean first) {
        if (units.length == 0) {
            return null;
        }
        int length = 0;
        int replacement = 0;
        int node = offset(units[0]);
        for (int i = from; i < text.length; i++) {
            int label = text[i] & 0xff;
            node ^= label;
            if (label == 0 || node < 0 || node >= units.length || (units[node] & 0x800000ff) != label) {
                break;
            }
            int unit = units[node];
            node ^= offset(unit);
            if ((unit >> 8 & 1) == 1) {
                if (node < 0 || node >= units.length) {
                    break;
                }
                length = i + 1 - from;
                replacement = units[node] & 0x7fffffff;
                if (first) {
                    break;
                }
            }
        }
        return length == 0 ? null : new Match(length, text(replacement));
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
