package dev.transom.tokenizers.internal.model;

import java.util.Arrays;

/** A hash table from pairs of ids to an int that is not negative; open addressing, no boxes. */
final class PairTable {

    private static final long EMPTY = -1;

    private long[] keys;
    private int[] values;
    private int size;

    PairTable(int expected) {
        allocate(Integer.highestOneBit(Math.max(expected, 8)) * 4);
    }

    private void allocate(int capacity) {
        keys = new long[capacity];
        values = new int[capacity];
        Arrays.fill(keys, EMPTY);
        size = 0;
    }

    /** Puts a value; an earlier one of the same pair is replaced. */
    void put(int first, int second, int value) {
        if (size * 2 >= keys.length) {
            grow();
        }
        long key = key(first, second);
        int slot = slot(key);
        if (keys[slot] == EMPTY) {
            size++;
        }
        keys[slot] = key;
        values[slot] = value;
    }

    /** The value of a pair, or -1. */
    int get(int first, int second) {
        long key = key(first, second);
        int slot = slot(key);
        return keys[slot] == EMPTY ? -1 : values[slot];
    }

    private static long key(int first, int second) {
        return (long) first << 32 | second & 0xffffffffL;
    }

    /** The key's slot or the empty one where it belongs. */
    private int slot(long key) {
        long hash = key * 0x9e3779b97f4a7c15L;
        int slot = (int) (hash ^ hash >>> 32) & keys.length - 1;
        while (keys[slot] != EMPTY && keys[slot] != key) {
            slot = slot + 1 & keys.length - 1;
        }
        return slot;
    }

    private void grow() {
        long[] oldKeys = keys;
        int[] oldValues = values;
        allocate(keys.length * 2);
        for (int i = 0; i < oldKeys.length; i++) {
            if (oldKeys[i] != EMPTY) {
                put((int) (oldKeys[i] >> 32), (int) oldKeys[i], oldValues[i]);
            }
        }
    }
}
