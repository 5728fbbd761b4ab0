package dev.transom.tokenizers.internal.text;

/** Which part of the original each UTF-16 unit of a text came from, under construction. */
final class Alignments {
    private final IntList starts;
    private final IntList ends;

    Alignments(int capacity) {
        starts = new IntList(capacity);
        ends = new IntList(capacity);
    }

    void add(int start, int end) {
        starts.add(start);
        ends.add(end);
    }

    void copy(NormalizedText text, int start, int end) {
        for (int i = start; i < end; i++) {
            add(text.alignedStart(i), text.alignedEnd(i));
        }
    }

    int[] starts() {
        return starts.toArray();
    }

    int[] ends() {
        return ends.toArray();
    }
}
