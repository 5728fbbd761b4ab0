package dev.transom.tokenizers.internal.text;

import java.util.Arrays;

/** A growing array of ints. */
public final class IntList {

    private int[] values;
    private int size;

    /** @param capacity ints that fit before the array grows */
    public IntList(int capacity) {
        values = new int[Math.max(capacity, 8)];
    }

    /** Appends a value. */
    public void add(int value) {
        if (size == values.length) {
            values = Arrays.copyOf(values, size * 2);
        }
        values[size++] = value;
    }

    /** The value at an index. */
    public int get(int index) {
        return values[index];
    }

    /** Replaces the value at an index. */
    public void set(int index, int value) {
        values[index] = value;
    }

    /** Removes the last value. */
    public void removeLast() {
        size--;
    }

    /** The number of values. */
    public int size() {
        return size;
    }

    /** A copy of the values. */
    public int[] toArray() {
        return Arrays.copyOf(values, size);
    }
}
