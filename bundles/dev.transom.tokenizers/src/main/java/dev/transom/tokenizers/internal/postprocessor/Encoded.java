package dev.transom.tokenizers.internal.postprocessor;

import dev.transom.api.TransomException;
import dev.transom.api.tokenizer.Encoding;
import dev.transom.api.tokenizer.Padding;
import dev.transom.api.tokenizer.Side;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.ToIntFunction;
import java.util.function.UnaryOperator;

/**
 * A text as tokens on its way to an {@link Encoding}. Immutable.
 *
 * @param entries the tokens
 * @param overflowing what truncation cut off
 */
public record Encoded(List<Entry> entries, List<Encoded> overflowing) {

    private static final int NONE = -1;

    /**
     * One token with what is known of it.
     *
     * @param id token id
     * @param token its spelling
     * @param start first code point in its text
     * @param end code point after the last
     * @param word index of its piece, -1 if it is in no text
     * @param typeId segment
     * @param sequence 0 for the text, 1 for the pair, -1 if it is in neither
     * @param special 1 if it was added
     * @param attention 0 if it pads
     */
    public record Entry(
            int id, String token, int start, int end, int word, int typeId, int sequence, int special, int attention) {

        /** A token of the text (sequence 0) or the pair (1). */
        public static Entry ofText(int id, String token, int start, int end, int word, int sequence) {
            return new Entry(id, token, start, end, word, sequence, sequence, 0, 1);
        }

        /** A marker that stands in no text. */
        public static Entry marker(int id, String token, int typeId) {
            return new Entry(id, token, 0, 0, NONE, typeId, NONE, 1, 1);
        }

        Entry withOffsets(int newStart, int newEnd) {
            return new Entry(id, token, newStart, newEnd, word, typeId, sequence, special, attention);
        }

        Entry withType(int newType) {
            return new Entry(id, token, start, end, word, newType, sequence, special, attention);
        }

        Entry withSequence(int newSequence) {
            return new Entry(id, token, start, end, word, typeId, newSequence, special, attention);
        }
    }

    /** Tokens that were not cut. */
    public static Encoded of(List<Entry> entries) {
        return new Encoded(entries, List.of());
    }

    /** The number of tokens. */
    public int length() {
        return entries.size();
    }

    /** Changes each of the tokens, not those that overflow. */
    Encoded mapEntries(UnaryOperator<Entry> change) {
        return new Encoded(entries.stream().map(change).toList(), overflowing);
    }

    /** Changes this and each part that overflows. */
    Encoded mapAll(UnaryOperator<Encoded> change) {
        Encoded changed = change.apply(of(entries));
        return new Encoded(changed.entries, overflowing.stream().map(change).toList());
    }

    /** The same tokens in another segment. */
    Encoded withType(int typeId) {
        return mapEntries(e -> e.withType(typeId));
    }

    /** The same tokens of another sequence. */
    Encoded withSequence(int sequence) {
        return mapEntries(e -> e.withSequence(sequence));
    }

    /** Markers before and behind, also of each part that overflows. */
    Encoded surrounded(List<Entry> before, List<Entry> behind) {
        return mapAll(part -> {
            List<Entry> all = new ArrayList<>(before);
            all.addAll(part.entries);
            all.addAll(behind);
            return of(all);
        });
    }

    /** All in a row; parts that overflow are combined with each other and with what does not. */
    public static Encoded merged(List<Encoded> parts) {
        Encoded merged = of(List.of());
        for (Encoded part : parts) {
            merged = merged.merge(part);
        }
        return merged;
    }

    private Encoded merge(Encoded other) {
        List<Encoded> over = new ArrayList<>();
        for (Encoded own : overflowing) {
            over.add(own.join(other));
            for (Encoded others : other.overflowing) {
                over.add(own.join(others));
            }
        }
        for (Encoded others : other.overflowing) {
            over.add(join(others));
        }
        return new Encoded(join(other).entries, over);
    }

    private Encoded join(Encoded other) {
        List<Entry> all = new ArrayList<>(entries.size() + other.entries.size());
        all.addAll(entries);
        all.addAll(other.entries);
        return of(all);
    }

    /**
     * Cuts to a length.
     *
     * @throws TransomException if the stride is not below the length
     */
    public Encoded truncated(int length, int stride, Side side) {
        int size = entries.size();
        if (length >= size) {
            return this;
        }
        if (length == 0) {
            return new Encoded(List.of(), List.of(this));
        }
        if (stride >= length) {
            throw new TransomException("truncation: the stride must be below the length left beside special tokens; got "
                    + "stride " + stride + ", length " + length + ".");
        }
        List<Encoded> parts = new ArrayList<>();
        if (side == Side.RIGHT) {
            for (int start = 0, stop = 0; stop < size; start += length - stride) {
                stop = Math.min(start + length, size);
                parts.add(of(entries.subList(start, stop)));
            }
        } else {
            for (int start = size, stop = size; start > 0; stop -= length - stride) {
                start = Math.max(stop - length, 0);
                parts.add(of(entries.subList(start, stop)));
            }
        }
        return new Encoded(parts.getFirst().entries, parts.subList(1, parts.size()));
    }

    /** Fills up to a length, also each part that overflows. */
    public Encoded padded(int length, Padding padding) {
        return mapAll(part -> {
            if (part.length() >= length) {
                return part;
            }
            Entry fill = new Entry(padding.id(), padding.token(), 0, 0, NONE, padding.typeId(), NONE, 1, 0);
            List<Entry> fills = Collections.nCopies(length - part.length(), fill);
            return padding.side() == Side.LEFT ? of(fills).join(part) : part.join(of(fills));
        });
    }

    /** The encoding as the caller gets it. */
    public Encoding toEncoding() {
        return new Encoding(
                column(Entry::id),
                column(Entry::typeId),
                entries.stream().map(Entry::token).toList(),
                entries.stream().map(e -> new Encoding.Offset(e.start, e.end)).toArray(Encoding.Offset[]::new),
                column(Entry::special),
                column(Entry::attention),
                column(Entry::sequence),
                column(Entry::word),
                overflowing.stream().map(Encoded::toEncoding).toList());
    }

    private int[] column(ToIntFunction<Entry> value) {
        return entries.stream().mapToInt(value).toArray();
    }
}
