package dev.transom.tokenizers.internal.model;

import dev.transom.tokenizers.internal.text.Token;
import dev.transom.tokenizers.internal.text.Utf8;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.PriorityQueue;

/** The symbols of a piece as a linked list while they are merged. Positions are counted in UTF-8 bytes. */
final class BpeWord {

    private static final int NONE = -1;

    private int[] ids;
    private int[] bytes;
    private int[] previous;
    private int[] next;
    private int size;

    BpeWord(int capacity) {
        ids = new int[Math.max(capacity, 4)];
        bytes = new int[ids.length];
    }

    void add(int id, int byteLength) {
        if (size == ids.length) {
            ids = Arrays.copyOf(ids, size * 2);
            bytes = Arrays.copyOf(bytes, size * 2);
        }
        ids[size] = id;
        bytes[size++] = byteLength;
    }

    /** A possible merge of the symbol at {@code position} and its right neighbour. */
    private record Merge(int rank, int position) implements Comparable<Merge> {
        @Override
        public int compareTo(Merge other) {
            return rank != other.rank ? Integer.compare(rank, other.rank) : Integer.compare(position, other.position);
        }
    }

    /**
     * Merges by ascending rank, from left to right within a rank.
     *
     * @param ranks rank of a pair of ids
     * @param merged id that the merge of a rank makes
     */
    void merge(PairTable ranks, int[] merged) {
        link();
        PriorityQueue<Merge> queue = new PriorityQueue<>();
        for (int i = 0; i + 1 < size; i++) {
            offer(queue, ranks, i);
        }
        while (!queue.isEmpty()) {
            Merge top = queue.poll();
            int left = top.position;
            int right = next[left];
            if (bytes[left] == 0 || right == NONE) {
                continue;
            }
            int rank = ranks.get(ids[left], ids[right]);
            // The entry is out of date if the pair has changed to one that makes another token.
            if (rank < 0 || merged[rank] != merged[top.rank]) {
                continue;
            }
            join(left, right, merged[top.rank]);
            if (previous[left] != NONE) {
                offer(queue, ranks, previous[left]);
            }
            offer(queue, ranks, left);
        }
    }

    private void link() {
        previous = new int[size];
        next = new int[size];
        for (int i = 0; i < size; i++) {
            previous[i] = i - 1;
            next[i] = i + 1 < size ? i + 1 : NONE;
        }
    }

    private void offer(PriorityQueue<Merge> queue, PairTable ranks, int position) {
        int right = next[position];
        int rank = right == NONE ? -1 : ranks.get(ids[position], ids[right]);
        if (rank >= 0) {
            queue.add(new Merge(rank, position));
        }
    }

    private void join(int left, int right, int id) {
        ids[left] = id;
        bytes[left] += bytes[right];
        bytes[right] = 0;
        next[left] = next[right];
        if (next[left] != NONE) {
            previous[next[left]] = left;
        }
    }

    /**
     * The symbols as tokens of the piece. A token that covers a part of a character covers it all; since vanished
     * characters count nothing, positions behind them move left, as in the library.
     */
    List<Token> tokens(String piece, Vocabulary vocabulary) {
        List<Token> tokens = new ArrayList<>(size);
        ByteCursor cursor = new ByteCursor(piece);
        int start = 0;
        for (int i = 0; i < size; i++) {
            if (bytes[i] > 0) {
                int end = start + bytes[i];
                tokens.add(new Token(ids[i], vocabulary.token(ids[i]), cursor.startOf(start), cursor.endOf(end - 1)));
                start = end;
            }
        }
        return tokens;
    }

    /** Finds the UTF-16 position of a byte of the text's UTF-8 form; only forwards. */
    private static final class ByteCursor {
        private final String text;
        private int index;
        private int byteIndex;

        ByteCursor(String text) {
            this.text = text;
        }

        /** The start of the character with this byte. */
        int startOf(int wanted) {
            while (index < text.length() && byteIndex + Utf8.length(text.codePointAt(index)) <= wanted) {
                byteIndex += Utf8.length(text.codePointAt(index));
                index += Character.charCount(text.codePointAt(index));
            }
            return index;
        }

        /** The end of the character with this byte. */
        int endOf(int wanted) {
            int start = startOf(wanted);
            return start < text.length() ? start + Character.charCount(text.codePointAt(start)) : start;
        }
    }
}
