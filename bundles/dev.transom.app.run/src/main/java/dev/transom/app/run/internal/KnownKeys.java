package dev.transom.app.run.internal;

import dev.transom.api.TransomException;
import jakarta.json.JsonObject;
import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;
import java.util.TreeSet;

/** Refuses keys that nobody reads, and offers the one that was probably meant. */
record KnownKeys(Collection<String> known) {

    void check(String where, JsonObject object) {
        for (String key : object.keySet()) {
            if (!known.contains(key)) {
                throw new TransomException(where + ": a key must be one that the job knows; got '" + key + "'. "
                    + nearest(key).map(near -> "Did you mean " + near + "?").orElse("Known are " + new TreeSet<>(known) + "."));
            }
        }
    }

    Optional<String> nearest(String typed) {
        return known.stream().filter(key -> distance(typed, key) <= Math.max(2, key.length() / 3))
            .min(Comparator.comparingInt((String key) -> distance(typed, key)).thenComparing(key -> key));
    }

    /** Levenshtein's distance: insertions, deletions and replacements. */
    static int distance(String a, String b) {
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
