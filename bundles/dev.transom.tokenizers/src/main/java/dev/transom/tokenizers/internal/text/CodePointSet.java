package dev.transom.tokenizers.internal.text;

import java.util.Arrays;
import java.util.function.IntConsumer;

/** An immutable set of code points, kept as sorted ranges. */
final class CodePointSet {

    /** First code points of the ranges, ascending. */
    private final int[] firsts;
    private final int[] lasts;

    private CodePointSet(int[] firsts, int[] lasts) {
        this.firsts = firsts;
        this.lasts = lasts;
    }

    /** Reads ascending hexadecimal ranges such as {@code 7fd 897-89f}. */
    static CodePointSet parse(String ranges) {
        String[] parts = ranges.isBlank() ? new String[0] : ranges.strip().split("\\s+");
        int[] firsts = new int[parts.length];
        int[] lasts = new int[parts.length];
        for (int i = 0; i < parts.length; i++) {
            int dash = parts[i].indexOf('-');
            firsts[i] = Integer.parseInt(dash < 0 ? parts[i] : parts[i].substring(0, dash), 16);
            lasts[i] = dash < 0 ? firsts[i] : Integer.parseInt(parts[i].substring(dash + 1), 16);
        }
        return new CodePointSet(firsts, lasts);
    }

    boolean contains(int codePoint) {
        int index = Arrays.binarySearch(firsts, codePoint);
        if (index >= 0) {
            return true;
        }
        int range = -index - 2;
        return range >= 0 && codePoint <= lasts[range];
    }

    /** Calls back for every code point of the set. */
    void forEach(IntConsumer consumer) {
        for (int i = 0; i < firsts.length; i++) {
            for (int c = firsts[i]; c <= lasts[i]; c++) {
                consumer.accept(c);
            }
        }
    }
}
