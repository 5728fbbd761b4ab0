package dev.transom.chat.internal.jinja;

import java.util.HashMap;
import java.util.Map;

/** Variables, and those of the scopes around. */
final class Scope {

    private static final Object ABSENT = new Object();

    private final Scope outer;
    private final Map<String, Object> variables = new HashMap<>();

    Scope(Scope outer) {
        this.outer = outer;
    }

    void set(String name, Object value) {
        variables.put(name, value);
    }

    Object get(String name) {
        for (Scope scope = this; scope != null; scope = scope.outer) {
            Object value = scope.variables.getOrDefault(name, ABSENT);
            if (value != ABSENT) {
                return value;
            }
        }
        return new Undefined(name);
    }
}
