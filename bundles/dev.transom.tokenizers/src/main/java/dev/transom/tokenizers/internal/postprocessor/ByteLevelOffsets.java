package dev.transom.tokenizers.internal.postprocessor;

import dev.transom.tokenizers.internal.postprocessor.Encoded.Entry;
import dev.transom.tokenizers.internal.text.BytesAsCharacters;
import dev.transom.tokenizers.internal.text.CharacterClass;
import java.util.ArrayList;
import java.util.List;

/**
 * Takes white space out of the offsets of byte-level tokens.
 *
 * @param trimOffsets whether it does
 * @param addPrefixSpace whether encoding put a space before the text, which then is not one of the text's
 */
public record ByteLevelOffsets(boolean trimOffsets, boolean addPrefixSpace) implements PostProcessor {

    private static final char SPACE = BytesAsCharacters.of(' ');

    @Override
    public int addedTokens(boolean pair) {
        return 0;
    }

    @Override
    public List<Encoded> process(List<Encoded> parts, boolean addSpecialTokens) {
        List<Encoded> processed = new ArrayList<>(parts.size());
        for (Encoded part : parts) {
            Encoded trimmed = trimOffsets ? trimmed(part, addPrefixSpace) : part;
            processed.add(trimmed.withSequence(processed.size()));
        }
        return processed;
    }

    /** The part with trimmed offsets, also in what overflows. */
    static Encoded trimmed(Encoded part, boolean addPrefixSpace) {
        return part.mapAll(p -> {
            List<Entry> entries = new ArrayList<>(p.length());
            for (Entry entry : p.entries()) {
                entries.add(trimmed(entry, addPrefixSpace, entries.isEmpty()));
            }
            return Encoded.of(entries);
        });
    }

    private static Entry trimmed(Entry entry, boolean addPrefixSpace, boolean first) {
        int[] codePoints = entry.token().codePoints().toArray();
        int leading = 0;
        while (leading < codePoints.length && isSpace(codePoints[leading])) {
            leading++;
        }
        int trailing = 0;
        while (trailing < codePoints.length && isSpace(codePoints[codePoints.length - 1 - trailing])) {
            trailing++;
        }
        int start = entry.start();
        int end = entry.end();
        boolean added = (first || start == 0) && addPrefixSpace && leading == 1;
        if (leading > 0 && !added) {
            start = Math.min(start + leading, end);
        }
        if (trailing > 0 && end >= trailing) {
            end = Math.max(end - trailing, start);
        }
        return entry.withOffsets(start, end);
    }

    private static boolean isSpace(int codePoint) {
        return codePoint == SPACE || CharacterClass.isWhitespace(codePoint);
    }
}
