package dev.transom.tokenizers.internal.text;

import dev.transom.api.TransomException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntPredicate;
import java.util.function.IntUnaryOperator;

/**
 * A piece of text that changes step by step and knows for every UTF-16 unit which part of the original it came from.
 *
 * <p>Positions in the original are UTF-16 units of the whole text, also in a slice. The rules of alignment are those
 * of the {@code tokenizers} library: a replaced code point keeps the alignment of what it replaces, an inserted one
 * shares the alignment of its left neighbour.
 */
public final class NormalizedText {

    private String text;
    /** Alignment of unit {@code i} of the text: original {@code [starts[from + i], ends[from + i])}. */
    private int[] starts;
    private int[] ends;
    private int from;
    private final int originalStart;
    private final int originalEnd;

    private NormalizedText(String text, int[] starts, int[] ends, int from, int originalStart, int originalEnd) {
        this.text = text;
        this.starts = starts;
        this.ends = ends;
        this.from = from;
        this.originalStart = originalStart;
        this.originalEnd = originalEnd;
    }

    /** An unchanged text. */
    public static NormalizedText of(String original) {
        int length = original.length();
        int[] starts = new int[length];
        int[] ends = new int[length];
        for (int i = 0; i < length; ) {
            int next = i + Character.charCount(original.codePointAt(i));
            Arrays.fill(starts, i, next, i);
            Arrays.fill(ends, i, next, next);
            i = next;
        }
        return new NormalizedText(original, starts, ends, 0, 0, length);
    }

    /** How long a text of some length may become: Unicode's longest decomposition is 18 times as long. */
    static long limit(int originalLength) {
        return 1_000_000 + 64L * originalLength;
    }

    static void check(long length, long limit) {
        if (length > limit) {
            throw new TransomException("normalizer: a text must not grow beyond " + limit + " characters; its rules make it "
                    + "longer. Use another tokenizer.");
        }
    }

    /** The text as it is now. */
    public String text() {
        return text;
    }

    /** Whether nothing is left of the text. */
    public boolean isEmpty() {
        return text.isEmpty();
    }

    /** Where the piece starts in the original. */
    public int originalStart() {
        return originalStart;
    }

    /** Start in the original of the unit {@code i} of the text. */
    public int alignedStart(int i) {
        return starts[from + i];
    }

    /** End in the original of the unit {@code i} of the text. */
    public int alignedEnd(int i) {
        return ends[from + i];
    }

    /** A part of the text as a piece of its own, which changes independently. */
    public NormalizedText slice(int start, int end) {
        int first = start < end ? alignedStart(start) : originalStart;
        int last = start < end ? alignedEnd(end - 1) : originalStart;
        return new NormalizedText(text.substring(start, end), starts, ends, from + start, first, last);
    }

    /** The parts that a pattern makes of the text. */
    public List<NormalizedText> split(TextPattern pattern, SplitBehavior behavior) {
        List<NormalizedText> parts = new ArrayList<>();
        for (Span span : behavior.pieces(pattern.find(text))) {
            if (span.start() < span.end()) {
                parts.add(slice(span.start(), span.end()));
            }
        }
        return parts;
    }

    /** Makes the changed text the text; the first {@code dropped} code points of the old one are removed before. */
    public void transform(Changes changes, int dropped) {
        int[] range = rangeOfOriginal();
        if (range != null) {
            transform(range[0], range[1], changes, dropped);
        }
    }

    /**
     * The units aligned with the whole original. Leading units inserted before it (alignment of no width) stay outside:
     * the library's transformations leave them alone, so they are kept before the changed text.
     */
    private int[] rangeOfOriginal() {
        if (originalStart == originalEnd) {
            return new int[] {0, 0};
        }
        int start = -1;
        int end = -1;
        for (int i = 0; i < text.length() && alignedEnd(i) <= originalEnd; i++) {
            if (start < 0 && originalStart <= alignedStart(i) && alignedStart(i) != alignedEnd(i)) {
                start = i;
            }
            end = i + 1;
        }
        if (end < 0) {
            return null;
        }
        return start < 0 ? new int[] {end, end} : new int[] {start, end};
    }

    private void transform(int start, int end, Changes changes, int dropped) {
        StringBuilder changed = new StringBuilder(text.length() + changes.size() - (end - start)).append(text, 0, start);
        int tail = text.length() - end;
        check((long) start + changes.size() + tail, limit(originalEnd - originalStart));
        Alignments aligned = new Alignments(changes.size() + start + tail);
        aligned.copy(this, 0, start);
        int at = skip(start, end, dropped);
        for (int i = 0; i < changes.size(); i++) {
            int change = changes.change(i);
            int source = Math.min(change > 0 ? at - 1 : at, text.length() - 1);
            int codePoint = changes.codePoint(i);
            changed.appendCodePoint(codePoint);
            for (int unit = Character.charCount(codePoint); unit > 0; unit--) {
                if (source < 0) {
                    aligned.add(originalStart, originalStart);
                } else {
                    aligned.add(alignedStart(source), alignedEnd(source));
                }
            }
            if (change <= 0) {
                at = skip(at, end, 1 - change);
            }
        }
        changed.append(text, end, text.length());
        aligned.copy(this, end, text.length());
        become(changed.toString(), aligned);
    }

    /**
     * Replaces each UTF-16 unit by another one; for rules that replace code points one by one, which every alignment
     * survives. Says whether it could: not if a part of the text is to be left alone.
     */
    boolean replaceUnits(String changed) {
        int[] range = rangeOfOriginal();
        if (range == null || range[0] > 0 || range[1] < text.length()) {
            return false;
        }
        text = changed;
        return true;
    }

    /** The position after {@code count} more code points, at most {@code end}. */
    private int skip(int at, int end, int count) {
        for (int i = 0; i < count && at < end; i++) {
            at += Character.charCount(text.codePointAt(at));
        }
        return at;
    }

    private void become(String changed, Alignments aligned) {
        text = changed;
        starts = aligned.starts();
        ends = aligned.ends();
        from = 0;
    }

    /** Replaces every match of the pattern; the new code points share the alignment of the match's last one. */
    public void replace(TextPattern pattern, String content) {
        List<Span> spans = pattern.find(text);
        long matches = spans.stream().filter(Span::match).count();
        if (matches == 0) {
            return;
        }
        check(text.length() + matches * content.length(), limit(originalEnd - originalStart));
        StringBuilder changed = new StringBuilder(text.length());
        Alignments aligned = new Alignments(text.length());
        for (Span span : spans) {
            if (!span.match()) {
                changed.append(text, span.start(), span.end());
                aligned.copy(this, span.start(), span.end());
                continue;
            }
            int source = span.end() - 1;
            changed.append(content);
            for (int i = 0; i < content.length(); i++) {
                aligned.add(source < 0 ? originalStart : alignedStart(source), source < 0 ? originalStart : alignedEnd(source));
            }
        }
        become(changed.toString(), aligned);
    }

    /** Puts a string before the text, if there is one; it shares the alignment of the first code point. */
    public void prepend(String prefix) {
        if (text.isEmpty()) {
            return;
        }
        int first = text.codePointAt(0);
        Changes changes = new Changes(prefix.length() + 1);
        prefix.codePoints().forEach(c -> changes.add(c, changes.size() == 0 ? 0 : 1));
        changes.add(first, 1);
        transform(0, Character.charCount(first), changes, 0);
    }

    /** Puts a string behind the text; it shares the alignment of the last code point. */
    public void append(String suffix) {
        int start = text.isEmpty() ? 0 : text.offsetByCodePoints(text.length(), -1);
        Changes changes = new Changes(suffix.length() + 1);
        if (!text.isEmpty()) {
            changes.add(text.codePointAt(start), 0);
        }
        suffix.codePoints().forEach(c -> changes.add(c, 1));
        transform(start, text.length(), changes, 0);
    }

    /** Keeps the code points that the predicate accepts. */
    public void filter(IntPredicate keep) {
        if (text.codePoints().allMatch(keep)) {
            return;
        }
        Changes changes = new Changes(text.length());
        int dropped = 0;
        int removed = 0;
        for (int i = 0; i < text.length(); ) {
            int codePoint = text.codePointAt(i);
            i += Character.charCount(codePoint);
            if (!keep.test(codePoint)) {
                removed++;
                continue;
            }
            if (changes.size() == 0) {
                dropped = removed;
            }
            changes.addToLast(-removed);
            changes.add(codePoint, 0);
            removed = 0;
        }
        changes.addToLast(-removed);
        transform(changes, dropped);
    }

    /** Replaces each code point by another. */
    public void map(IntUnaryOperator mapping) {
        Changes changes = new Changes(text.length());
        boolean same = true;
        for (int i = 0; i < text.length(); ) {
            int codePoint = text.codePointAt(i);
            int mapped = mapping.applyAsInt(codePoint);
            same &= mapped == codePoint;
            changes.add(mapped, 0);
            i += Character.charCount(codePoint);
        }
        if (!same) {
            transform(changes, 0);
        }
    }
}
