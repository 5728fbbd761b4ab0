package dev.transom.chat.internal.jinja;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Attributes, elements, slices and methods of values. Nothing of Java can be reached by them. */
final class Access {

    private static final Set<String> MAP_METHODS = Set.of("items", "keys", "values", "get");
    private static final Set<String> LIST_METHODS = Set.of("index", "count");

    private final Budget budget;
    private final TextMethods texts;

    Access(Budget budget, TextMethods texts) {
        this.budget = budget;
        this.texts = texts;
    }

    /** {@code object.name}: a method, else an element. */
    Object attribute(Object object, String name) {
        if (object instanceof Undefined undefined) {
            throw budget.refusal(Values.quoted(undefined.name()) + " must be defined to have " + Values.quoted(name) + "; it is not");
        }
        Optional<Function> method = method(object, name);
        if (method.isPresent()) {
            return method.get();
        }
        return switch (object) {
            case Map<?, ?> map -> map.containsKey(name) ? map.get(name) : new Undefined(name);
            case Namespace namespace -> namespace.attributes().containsKey(name) ? namespace.attributes().get(name) : new Undefined(name);
            case null, default -> new Undefined(name);
        };
    }

    /** {@code a.b.0}: attributes and elements in turn. */
    Object path(Object object, String path) {
        Object value = object;
        for (String name : path.split("\\.")) {
            value = item(value, name.matches("\\d{1,9}") ? (Object) Long.valueOf(name) : name);
        }
        return value;
    }

    /** {@code object[key]}: an element, else a method. */
    Object item(Object object, Object key) {
        return switch (object) {
            case Undefined undefined -> throw budget.refusal(Values.quoted(undefined.name()) + " must be defined to have "
                    + (key instanceof String name ? Values.quoted(name) : "elements") + "; it is not");
            case Map<?, ?> map when (key instanceof String || Values.isNumber(key)) && map.containsKey(key) -> map.get(key);
            case List<?> list when key instanceof Long index -> {
                long at = index < 0 ? index + list.size() : index;
                yield at >= 0 && at < list.size() ? list.get((int) at) : new Undefined("the element " + index);
            }
            case String text when key instanceof Long index -> {
                int length = text.codePointCount(0, text.length());
                budget.spend(length / 16);
                long at = index < 0 ? index + length : index;
                yield at < 0 || at >= length ? new Undefined("the character " + index)
                        : Character.toString(text.codePointAt(text.offsetByCodePoints(0, (int) at)));
            }
            case null, default -> key instanceof String name ? attribute(object, name) : new Undefined(Values.text(key, budget));
        };
    }

    private Optional<Function> method(Object object, String name) {
        return switch (object) {
            case String text when TextMethods.NAMES.contains(name) -> Optional.of((arguments, named) ->
                    texts.call(text, name, new Inputs("the method " + name, arguments, named, budget)));
            case Map<?, ?> map when MAP_METHODS.contains(name) -> Optional.of((arguments, named) ->
                    call(map, name, new Inputs("the method " + name, arguments, named, budget)));
            case List<?> list when LIST_METHODS.contains(name) -> Optional.of((arguments, named) ->
                    call(list, name, new Inputs("the method " + name, arguments, named, budget)));
            case null, default -> Optional.empty();
        };
    }

    private Object call(Map<?, ?> map, String name, Inputs inputs) {
        budget.make(map.size());
        return switch (name) {
            case "items" -> items(map);
            case "keys" -> new ArrayList<Object>(map.keySet());
            case "values" -> new ArrayList<Object>(map.values());
            default -> {
                Object key = inputs.get(0, "key");
                boolean there = (key instanceof String || Values.isNumber(key)) && map.containsKey(key);
                yield there ? map.get(key) : inputs.get(1, "default", null);
            }
        };
    }

    private Object call(List<?> list, String name, Inputs inputs) {
        Object wanted = inputs.get(0, "value");
        long count = list.stream().filter(one -> Values.equal(one, wanted, budget)).count();
        if (name.equals("count")) {
            return count;
        }
        for (int i = 0; i < list.size(); i++) {
            if (Values.equal(list.get(i), wanted, budget)) {
                return (long) i;
            }
        }
        throw budget.refusal("index must look for an element of the list; it is not there");
    }

    /** Keys and values, pair by pair. */
    List<Object> items(Map<?, ?> map) {
        budget.make(map.size() * 4L);
        List<Object> items = new ArrayList<>(map.size());
        for (Map.Entry<?, ?> entry : map.entrySet()) {
            List<Object> pair = new ArrayList<>(2);
            pair.add(entry.getKey());
            pair.add(entry.getValue());
            items.add(pair);
        }
        return items;
    }

    /** {@code object[from:to:step]} with Python's rules; null where a bound is absent. */
    Object slice(Object object, Object from, Object to, Object step) {
        long by = step == null ? 1 : bound(step);
        if (by == 0) {
            throw budget.refusal("the step of a slice must not be 0; it is");
        }
        if (object instanceof String text) {
            int[] characters = text.codePoints().toArray();
            budget.make(2L * characters.length);
            StringBuilder sliced = new StringBuilder();
            for (long i : range(characters.length, from, to, by)) {
                sliced.appendCodePoint(characters[(int) i]);
            }
            return sliced.toString();
        }
        if (object instanceof List<?> list) {
            budget.make(list.size());
            List<Object> sliced = new ArrayList<>();
            for (long i : range(list.size(), from, to, by)) {
                sliced.add(list.get((int) i));
            }
            return sliced;
        }
        throw budget.refusal("a slice must be of a list or a text; got " + Values.kind(object));
    }

    private long bound(Object value) {
        if (value instanceof Long || value instanceof Boolean) {
            return Math.clamp(Values.integer(value), -Integer.MAX_VALUE, Integer.MAX_VALUE);
        }
        throw budget.refusal("the bounds of a slice must be integers; got " + Values.kind(value));
    }

    private long[] range(int length, Object from, Object to, long by) {
        long first = by > 0 ? 0 : length - 1;
        long end = by > 0 ? length : -1;
        if (from != null) {
            first = limited(bound(from), length, by);
        }
        if (to != null) {
            end = limited(bound(to), length, by);
        }
        long count = Math.max(0, by > 0 ? Math.ceilDiv(end - first, by) : Math.ceilDiv(first - end, -by));
        budget.make(count);
        long[] indices = new long[(int) count];
        for (int i = 0; i < count; i++) {
            indices[i] = first + i * by;
        }
        return indices;
    }

    private static long limited(long bound, int length, long by) {
        long at = bound < 0 ? bound + length : bound;
        return by > 0 ? Math.clamp(at, 0, length) : Math.clamp(at, -1, length - 1);
    }
}
