package dev.transom.chat.internal;

import dev.transom.api.TransomException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Makes values of JSON out of what a caller gives, and counts their characters. */
final class PlainValues {

    private static final int DEPTH = 64;

    private final String where;
    private long size;

    PlainValues(String where) {
        this.where = where;
    }

    /** About how many characters the values so far hold. */
    long size() {
        return size;
    }

    Object of(Object value) {
        return of(value, 0);
    }

    private Object of(Object value, int depth) {
        size += 4;
        if (depth > DEPTH) {
            throw new TransomException(where + ": the values of a conversation may nest " + DEPTH + " levels deep; they nest deeper.");
        }
        return switch (value) {
            case null -> null;
            case Boolean b -> b;
            case Double d -> d;
            case Float f -> f.doubleValue();
            case Number n -> n.longValue();
            case CharSequence text -> {
                size += text.length();
                yield text.toString();
            }
            case List<?> list -> {
                List<Object> copy = new ArrayList<>(list.size());
                list.forEach(element -> copy.add(of(element, depth + 1)));
                yield copy;
            }
            case Map<?, ?> map -> {
                Map<Object, Object> copy = new LinkedHashMap<>();
                map.forEach((key, element) -> copy.put(of(String.valueOf(key), depth + 1), of(element, depth + 1)));
                yield copy;
            }
            default -> throw new TransomException(where + ": the values of a conversation must be those of JSON; got a "
                + value.getClass().getSimpleName() + ".");
        };
    }
}
