package dev.transom.app.run.internal;

import dev.transom.api.Nearest;
import dev.transom.api.TransomException;
import jakarta.json.JsonObject;
import java.util.Collection;
import java.util.TreeSet;

/** Refuses keys that nobody reads, and offers the one that was probably meant. */
record KnownKeys(Collection<String> known) {

    void check(String where, JsonObject object) {
        for (String key : object.keySet()) {
            if (!known.contains(key)) {
                throw new TransomException(where + ": a key must be one that the job knows; got '" + key + "'. "
                    + Nearest.of(key, known).map(near -> "Did you mean " + near + "?").orElse("Known are " + new TreeSet<>(known) + "."));
            }
        }
    }
}
