package dev.transom.chat.internal.jinja;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Writes values as Python's {@code json.dumps} does. */
final class JsonText {

    private static final int DEPTH = 100;

    private final Budget budget;
    private final int indent;
    private final String itemSeparator;
    private final String keySeparator;
    private final boolean sortsKeys;
    private final boolean onlyAscii;
    private final StringBuilder text = new StringBuilder();

    /** @param indent spaces of a level, below 0 for one line */
    JsonText(Budget budget, int indent, String itemSeparator, String keySeparator, boolean sortsKeys, boolean onlyAscii) {
        this.budget = budget;
        this.indent = indent;
        this.itemSeparator = itemSeparator;
        this.keySeparator = keySeparator;
        this.sortsKeys = sortsKeys;
        this.onlyAscii = onlyAscii;
    }

    String of(Object value) {
        write(value, 0);
        return text.toString();
    }

    private void write(Object value, int depth) {
        if (depth > DEPTH) {
            throw budget.refusal("tojson takes values that nest up to " + DEPTH + " levels; this one nests deeper");
        }
        budget.spend(1);
        int before = text.length();
        switch (value) {
            case null -> text.append("null");
            case Boolean b -> text.append(b);
            case Long n -> text.append(n);
            case Double d -> text.append(Double.isNaN(d) ? "NaN" : Double.isInfinite(d) ? d > 0 ? "Infinity" : "-Infinity" : Values.real(d));
            case String s -> string(s);
            case List<?> list -> list(list, depth);
            case Map<?, ?> map -> map(map, depth);
            default -> throw budget.refusal("tojson takes plain values; got " + Values.kind(value));
        }
        budget.make(Math.max(0, Math.min(text.length() - before, value instanceof String ? Integer.MAX_VALUE : 16)));
    }

    private void list(List<?> list, int depth) {
        text.append('[');
        for (int i = 0; i < list.size(); i++) {
            separate(i == 0, depth + 1);
            write(list.get(i), depth + 1);
        }
        end(list.isEmpty(), depth, ']');
    }

    private void map(Map<?, ?> map, int depth) {
        Map<Object, Object> sorted = new LinkedHashMap<>(map);
        if (sortsKeys) {
            sorted = new TreeMap<>();
            for (Map.Entry<?, ?> entry : map.entrySet()) {
                sorted.put(String.valueOf(entry.getKey()), entry.getValue());
            }
        }
        budget.make(map.size());
        text.append('{');
        boolean first = true;
        for (Map.Entry<?, ?> entry : sorted.entrySet()) {
            separate(first, depth + 1);
            first = false;
            write(String.valueOf(entry.getKey()), depth + 1);
            text.append(keySeparator);
            write(entry.getValue(), depth + 1);
        }
        end(map.isEmpty(), depth, '}');
    }

    private void separate(boolean first, int depth) {
        if (!first) {
            text.append(itemSeparator);
        }
        line(depth);
    }

    private void end(boolean empty, int depth, char bracket) {
        if (!empty) {
            line(depth);
        }
        text.append(bracket);
    }

    private void line(int depth) {
        if (indent >= 0) {
            budget.make((long) indent * depth + 1);
            text.append('\n').repeat(' ', indent * depth);
        }
    }

    private void string(String s) {
        text.append('"');
        for (int i = 0; i < s.length(); i++) {
            char c = s.charAt(i);
            switch (c) {
                case '"' -> text.append("\\\"");
                case '\\' -> text.append("\\\\");
                case '\n' -> text.append("\\n");
                case '\r' -> text.append("\\r");
                case '\t' -> text.append("\\t");
                case '\b' -> text.append("\\b");
                case '\f' -> text.append("\\f");
                default -> {
                    if (c < 0x20 || onlyAscii && c > 0x7e) {
                        text.append(String.format("\\u%04x", (int) c));
                    } else {
                        text.append(c);
                    }
                }
            }
        }
        text.append('"');
    }
}
