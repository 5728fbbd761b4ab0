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
        return required(name, Long.class, "an integer");
    }

    public int int32(String name) {
        long value = integer(name);
        if (value != (int) value) {
            throw new GraphException("attribute " + name + " must fit 32 bits; got " + value + ".");
        }
        return (int) value;
    }

    public long integer(String name, long otherwise) {
        return values.containsKey(name) ? integer(name) : otherwise;
    }

    public double real(String name) {
        return required(name, Double.class, "a real");
    }

    public double real(String name, double otherwise) {
        return values.containsKey(name) ? real(name) : otherwise;
    }

    public boolean flag(String name) {
        return values.containsKey(name) && required(name, Boolean.class, "a truth value");
    }

    public String text(String name) {
        return required(name, String.class, "a text");
    }

    public String text(String name, String otherwise) {
        return values.containsKey(name) ? text(name) : otherwise;
    }

    public List<Long> integers(String name) {
        return list(name, Long.class, "a list of integers");
    }

    public List<Double> reals(String name) {
        return list(name, Double.class, "a list of reals");
    }

    /** These attributes with one more, or one replaced. */
    public Attributes with(String name, Object value) {
        SortedMap<String, Object> changed = new TreeMap<>(values);
        changed.put(name, value);
        return new Attributes(changed);
    }

    private <T> T required(String name, Class<T> kind, String said) {
        Object value = values.get(name);
        if (value == null) {
            throw new GraphException("attribute " + name + " is required; got " + values.keySet() + ".");
        }
        if (!kind.isInstance(value)) {
            throw new GraphException("attribute " + name + " must be " + said + "; got " + value + ".");
        }
        return kind.cast(value);
    }

    @SuppressWarnings("unchecked") // lists are of one kind, which normalise saw to
    private <T> List<T> list(String name, Class<T> kind, String said) {
        List<?> list = required(name, List.class, said);
        if (!list.isEmpty() && !kind.isInstance(list.getFirst())) {
            throw new GraphException("attribute " + name + " must be " + said + "; got " + list.getFirst() + " in it.");
        }
        return (List<T>) list;
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
            case List<?> list -> ofOneKind(name, list);
            default -> throw new GraphException("attribute " + name
                + " must be a number, a truth value, a text or a list of numbers; got " + value.getClass().getName() + ".");
        };
    }

    private static List<?> ofOneKind(String name, List<?> list) {
        boolean integers = list.stream().allMatch(Long.class::isInstance);
        if (!integers && !list.stream().allMatch(Double.class::isInstance)) {
            throw new GraphException("attribute " + name + " must be a list of long or of double alone; got " + list + ".");
        }
        return List.copyOf(list);
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
