package dev.transom.tokenizers.internal.model;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/** The symbols of a piece as a linked list while the best-scored neighbours are joined. Positions are UTF-16 units. */
final class ScoredBpeWord {

    private static final int NONE = -1;

    /** Finds the token of a part of the text, -1 for none. */
    @FunctionalInterface
    interface Tokens {
        int find(String text, int start, int end);
    }

    /** Receives the bounds of a symbol. */
    @FunctionalInterface
    interface Symbols {
        void accept(int start, int end);
    }

    private final String text;
    private final Tokens tokens;
    private final float[] scores;
    private final int[] starts;
    private final int[] ends;
    private final int[] previous;
    private final int[] next;
    /** The token that a symbol and its right neighbour make, -1 for none. */
    private final int[] pair;
    private final boolean[] whole;
    private final LongHeap queue;
    private final boolean remembers;
    /** Where a token that was made on the way was joined. */
    private final Map<String, Integer> joints = new HashMap<>();
    private int size;

    ScoredBpeWord(String text, Tokens tokens, float[] scores, ScoredBpeModel.Options options) {
        TokenTrie wholes = options.whole();
        remembers = !options.unused().isEmpty();
        this.text = text;
        this.tokens = tokens;
        this.scores = scores;
        int length = text.length();
        starts = new int[length];
        ends = new int[length];
        previous = new int[length];
        next = new int[length];
        pair = new int[length];
        whole = new boolean[length];
        for (int at = 0; at < length; size++) {
            int end = wholes.longest(text, at);
            whole[size] = end > at;
            starts[size] = at;
            at = end > at ? end : at + Character.charCount(text.codePointAt(at));
            ends[size] = at;
            previous[size] = size - 1;
            next[size] = at < length ? size + 1 : NONE;
        }
        Arrays.fill(pair, NONE);
        queue = new LongHeap(size * 2);
    }

    void merge() {
        for (int i = 0; i + 1 < size; i++) {
            offer(i);
        }
        while (!queue.isEmpty()) {
            long top = queue.poll();
            int left = (int) top;
            // An entry is out of date if its symbol is gone or its pair now makes another token.
            if (ends[left] > starts[left] && pair[left] != NONE && key(left) == top) {
                join(left);
            }
        }
    }

    private void join(int left) {
        int right = next[left];
        if (remembers) {
            joints.put(text.substring(starts[left], ends[right]), ends[left] - starts[left]);
        }
        ends[left] = ends[right];
        ends[right] = starts[right];
        next[left] = next[right];
        if (next[left] != NONE) {
            previous[next[left]] = left;
        }
        if (previous[left] != NONE) {
            offer(previous[left]);
        }
        offer(left);
    }

    private void offer(int left) {
        int right = next[left];
        pair[left] = right == NONE || whole[left] || whole[right] ? NONE : tokens.find(text, starts[left], ends[right]);
        if (pair[left] != NONE) {
            queue.add(key(left));
        }
    }

    /** Ascending keys are descending scores, then ascending positions. */
    private long key(int left) {
        int bits = Float.floatToIntBits(scores[pair[left]] + 0f);
        int ascending = bits ^ (bits >> 31 & Integer.MAX_VALUE);
        return (long) ~ascending << 32 | left;
    }

    /** Where a token was joined, counted from its start, or -1 if it was not. */
    int partedAt(String token) {
        return joints.getOrDefault(token, NONE);
    }

    void forEach(Symbols symbols) {
        for (int i = 0; i != NONE && size > 0; i = next[i]) {
            symbols.accept(starts[i], ends[i]);
        }
    }
}
