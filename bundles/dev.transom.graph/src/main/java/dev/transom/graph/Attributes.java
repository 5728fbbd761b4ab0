package dev.transom.graph;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.Collections;

/**
 * The attributes of a node: plain data only, so that a graph prints, serialises and never pins a plugin's class loader.
 * Values are {@code Long}, {@code Double}, {@code Boolean}, {@code String}, {@code List<Long>} or {@code List<Double>}.
 */
public record Attributes(SortedMap<String, Object> values) {

    public static final Attributes NONE = new Attributes(new TreeMap<>());

    public Attributes {
        SortedMap<String, Object> copy = new TreeMap<>();
        values.forEach((name, value) -> copy.put(name, normalise(name, value)));
        values = Collections.unmodifiableSortedMap(copy);
    }

    /** Attributes from alternating names and values; integers become {@code Long}, arrays become lists. */
    public static Attributes of(Object... namesAndValues) {
        SortedMap<String, Object> values = new TreeMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            values.put((String) namesAndValues[i], namesAndValues[i + 1]);
        }
        return new Attributes(values);
    }

    public boolean has(String name) {
        return values.containsKey(name);
    }

    public long integer(String name) {
        return (Long) required(name);
    }

    public int int32(String name) {
        return Math.toIntExact(integer(name));
    }

    public long integer(String name, long otherwise) {
        return values.containsKey(name) ? integer(name) : otherwise;
    }

    public double real(String name) {
        return (Double) required(name);
    }

    public double real(String name, double otherwise) {
        return values.containsKey(name) ? real(name) : otherwise;
    }

    public boolean flag(String name) {
        return values.containsKey(name) && (Boolean) required(name);
    }

    public String text(String name) {
        return (String) required(name);
    }

    public String text(String name, String otherwise) {
        return values.containsKey(name) ? text(name) : otherwise;
    }

    @SuppressWarnings("unchecked")
    public List<Long> integers(String name) {
        return (List<Long>) required(name);
    }

    @SuppressWarnings("unchecked")
    public List<Double> reals(String name) {
        return (List<Double>) required(name);
    }

    /** These attributes with one more, or one replaced. */
    public Attributes with(String name, Object value) {
        SortedMap<String, Object> changed = new TreeMap<>(values);
        changed.put(name, value);
        return new Attributes(changed);
    }

    private Object required(String name) {
        Object value = values.get(name);
        if (value == null) {
            throw new GraphException("attribute " + name + " is required; got " + values.keySet() + ".");
        }
        return value;
    }

    private static Object normalise(String name, Object value) {
        return switch (Objects.requireNonNull(value, name)) {
            case Integer i -> i.longValue();
            case Float f -> f.doubleValue();
            case Long l -> l;
            case Double d -> d;
            case Boolean b -> b;
            case String s -> s;
            case int[] array -> boxed(array);
            case long[] array -> java.util.Arrays.stream(array).boxed().toList();
            case double[] array -> java.util.Arrays.stream(array).boxed().toList();
            case float[] array -> boxed(array);
            case List<?> list -> List.copyOf(list);
            default -> throw new GraphException("attribute " + name
                + " must be a number, a truth value, a text or a list of numbers; got " + value.getClass().getName() + ".");
        };
    }

    private static List<Long> boxed(int[] array) {
        List<Long> list = new ArrayList<>(array.length);
        for (int element : array) {
            list.add((long) element);
        }
        return List.copyOf(list);
    }

    private static List<Double> boxed(float[] array) {
        List<Double> list = new ArrayList<>(array.length);
        for (float element : array) {
            list.add((double) element);
        }
        return List.copyOf(list);
    }

    @Override
    public String toString() {
        return values.toString();
    }
}
