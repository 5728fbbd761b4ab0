package dev.transom.chat.internal.jinja;

import java.util.List;
import java.util.Map;

/** The arguments of a filter, test, method or function, by position or name. */
record Inputs(String callee, List<Object> positional, Map<String, Object> named, Budget budget) {

    boolean has(int index, String name) {
        return index < positional.size() || named.containsKey(name);
    }

    Object get(int index, String name, Object otherwise) {
        return index < positional.size() ? positional.get(index) : named.getOrDefault(name, otherwise);
    }

    Object get(int index, String name) {
        if (!has(index, name)) {
            throw budget.refusal(callee + " must get " + name + "; it gets " + positional.size() + " arguments");
        }
        return get(index, name, null);
    }

    String text(int index, String name, String otherwise) {
        Object value = get(index, name, otherwise);
        if (value != null && !(value instanceof String)) {
            throw budget.refusal(callee + " takes a text as " + name + "; got " + Values.kind(value));
        }
        return (String) value;
    }

    String text(int index, String name) {
        get(index, name);
        return text(index, name, "");
    }

    int integer(int index, String name, int otherwise) {
        Object value = get(index, name, (long) otherwise);
        if (value instanceof Long || value instanceof Boolean) {
            return (int) Math.clamp(Values.integer(value), Integer.MIN_VALUE, Integer.MAX_VALUE);
        }
        throw budget.refusal(callee + " takes an integer as " + name + "; got " + Values.kind(value));
    }

    boolean flag(int index, String name, boolean otherwise) {
        return Values.truth(get(index, name, otherwise));
    }
}
