package dev.transom.tokenizers.internal.text;

/**
 * A new text, code point by code point, each with its relation to the old one: 0 replaces the next old code point,
 * 1 is inserted (and shares the alignment before it), {@code -n} replaces one and swallows {@code n} more.
 */
public final class Changes {

    private final IntList codePoints;
    private final IntList changes;
    private final long limit;

    /** @param capacity length of the old text; a new one many times longer is refused */
    public Changes(int capacity) {
        limit = NormalizedText.limit(capacity);
        codePoints = new IntList(capacity);
        changes = new IntList(capacity);
    }

    /** Appends a code point of the new text. */
    public void add(int codePoint, int change) {
        NormalizedText.check(codePoints.size(), limit);
        codePoints.add(codePoint);
        changes.add(change);
    }

    /** Adds to the change of the last code point, if there is one. */
    public void addToLast(int difference) {
        if (size() > 0) {
            changes.set(size() - 1, changes.get(size() - 1) + difference);
        }
    }

    /** Replaces the change at an index. */
    public void setChange(int index, int change) {
        changes.set(index, change);
    }

    /** The number of code points of the new text. */
    public int size() {
        return codePoints.size();
    }

    int codePoint(int index) {
        return codePoints.get(index);
    }

    int change(int index) {
        return changes.get(index);
    }
}
