package dev.transom.api;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

/** Finds the name that was probably meant, for sentences that refuse an unknown one. */
public final class Nearest {

    private Nearest() {}

    /**
     * Returns the nearest of some names by Levenshtein's distance (insertions, deletions and replacements of characters).
     *
     * @param typed what is not among them
     * @param known the names
     * @return the nearest if at most a third of its characters (but two are always allowed) differ or if it begins with what was
     *     typed; of equally near ones the first in the alphabet
     */
    public static Optional<String> of(String typed, Collection<String> known) {
        return known.stream()
            .filter(name -> distance(typed, name) <= Math.max(2, name.length() / 3) || begins(typed, name))
            .min(Comparator.comparingInt((String name) -> distance(typed, name)).thenComparing(name -> name));
    }

    private static boolean begins(String typed, String name) {
        return typed.length() >= 2 && name.startsWith(typed);
    }

    private static int distance(String a, String b) {
        int[] row = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int replaced = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(replaced, Math.min(row[j], row[j - 1]) + 1);
            }
        }
        return row[b.length()];
    }
}
