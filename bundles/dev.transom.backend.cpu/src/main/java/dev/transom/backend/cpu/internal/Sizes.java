package dev.transom.backend.cpu.internal;

import dev.transom.graph.Dim;
import dev.transom.graph.Graph;
import dev.transom.graph.GraphException;
import dev.transom.graph.Node;
import dev.transom.graph.Shape;
import dev.transom.graph.Type;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The bounded dimensions of a graph as numbered symbols, and how each follows from the sizes of the inputs: equal names mean equal sizes,
 * {@code a+b} is a sum and {@code a-1} one less. So actual shapes cost no more than a few additions in each run.
 */
final class Sizes {

    /** A symbol that an input gives. */
    private static final int[] GIVEN = {};

    private final List<String> names = new ArrayList<>();
    private final Map<String, Integer> numbers = new HashMap<>();
    private final List<Long> maxima = new ArrayList<>();
    /** For each derived symbol: a constant, then the symbols whose sizes it adds. */
    private final List<int[]> rules = new ArrayList<>();
    private final List<Integer> derived = new ArrayList<>();

    Sizes(Graph graph) {
        for (Node node : graph.inputs()) {
            for (Dim dim : ((Type.TensorType) node.types().getFirst()).shape().dims()) {
                if (dim instanceof Dim.Bounded(String name, long max)) {
                    given(name, max);
                }
            }
        }
        for (Node node : graph.nodes()) {
            for (Type type : node.types()) {
                if (type instanceof Type.TensorType tensor) {
                    tensor.shape().dims().forEach(dim -> derive(node, dim));
                }
            }
        }
    }

    int count() {
        return names.size();
    }

    String name(int symbol) {
        return names.get(symbol);
    }

    long max(int symbol) {
        return maxima.get(symbol);
    }

    /** Each dimension as its size, or as {@code ~symbol} where it is bounded. */
    int[] codes(Shape shape) {
        int[] codes = new int[shape.rank()];
        for (int axis = 0; axis < codes.length; axis++) {
            codes[axis] = switch (shape.dim(axis)) {
                case Dim.Fixed(long size) -> Math.toIntExact(size);
                case Dim.Bounded(String name, long _) -> ~numbers.get(name);
            };
        }
        return codes;
    }

    /** Fills in the derived sizes of one run. */
    void complete(int[] sizes) {
        for (int i = 0; i < derived.size(); i++) {
            int symbol = derived.get(i);
            int[] rule = rules.get(symbol);
            int sum = rule[0];
            for (int term = 1; term < rule.length; term++) {
                sum += sizes[rule[term]];
            }
            sizes[symbol] = sum;
        }
    }

    private void given(String name, long max) {
        if (!numbers.containsKey(name)) {
            add(name, max, GIVEN);
        }
    }

    private void derive(Node node, Dim dim) {
        if (dim instanceof Dim.Bounded(String name, long max) && !numbers.containsKey(name)) {
            int[] rule = rule(name);
            if (rule == null) {
                throw new GraphException(node.operation() + " %" + node.id() + ": dimension " + name
                    + " must follow from those of the inputs; got " + names + ".");
            }
            derived.add(names.size());
            add(name, max, rule);
        }
    }

    private int[] rule(String name) {
        List<Integer> terms = new ArrayList<>();
        int constant = 0;
        if (numbers.containsKey(name + "+1")) {
            return new int[] {-1, numbers.get(name + "+1")};
        }
        if (name.endsWith("-1") && numbers.containsKey(name.substring(0, name.length() - 2))) {
            return new int[] {-1, numbers.get(name.substring(0, name.length() - 2))};
        }
        for (String part : name.split("\\+")) {
            if (part.chars().allMatch(Character::isDigit)) {
                constant += Integer.parseInt(part);
            } else if (numbers.containsKey(part)) {
                terms.add(numbers.get(part));
            } else {
                return null;
            }
        }
        int[] rule = new int[terms.size() + 1];
        rule[0] = constant;
        for (int i = 0; i < terms.size(); i++) {
            rule[i + 1] = terms.get(i);
        }
        return rule;
    }

    private void add(String name, long max, int[] rule) {
        numbers.put(name, names.size());
        names.add(name);
        maxima.add(max);
        rules.add(rule);
    }
}
