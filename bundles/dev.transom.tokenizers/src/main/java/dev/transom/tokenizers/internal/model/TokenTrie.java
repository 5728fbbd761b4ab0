package dev.transom.tokenizers.internal.model;

import java.util.Arrays;

/** A tree of strings for finding those that are a prefix of a text; a node is a number, the root 0. */
public final class TokenTrie {

    /** The root. */
    public static final int ROOT = 0;

    private final PairTable children;
    private int[] values = new int[64];
    private int nodes = 1;

    /** @param expected strings that will be put */
    public TokenTrie(int expected) {
        children = new PairTable(Math.max(16, expected * 2));
        values[ROOT] = -1;
    }

    /** Puts a string that is not empty; an earlier value of the same string is replaced. */
    public void put(String string, int value) {
        int node = ROOT;
        for (int i = 0; i < string.length(); i++) {
            int child = child(node, string.charAt(i));
            if (child < 0) {
                child = nodes++;
                if (child == values.length) {
                    values = Arrays.copyOf(values, child * 2);
                }
                values[child] = -1;
                children.put(node, string.charAt(i), child);
            }
            node = child;
        }
        values[node] = value;
    }

    /** The child by a UTF-16 unit, or -1. */
    public int child(int node, char unit) {
        return children.get(node, unit);
    }

    /** The end of the longest string that starts at a place of the text, or -1 if none does. */
    public int longest(String text, int start) {
        int end = -1;
        int node = ROOT;
        for (int i = start; i < text.length() && nodes > 1; i++) {
            node = child(node, text.charAt(i));
            if (node < 0) {
                break;
            }
            if (value(node) >= 0) {
                end = i + 1;
            }
        }
        return end;
    }

    /** The value of the string that ends at the node, or -1 if none does. */
    public int value(int node) {
        return values[node];
    }
}
