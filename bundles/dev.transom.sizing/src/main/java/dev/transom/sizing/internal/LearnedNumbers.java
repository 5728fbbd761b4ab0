package dev.transom.sizing.internal;

import dev.transom.api.tensor.Binding;
import dev.transom.graph.Graph;
import dev.transom.graph.Node;
import dev.transom.graph.Type;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;

/**
 * Counts a model's learned numbers as its checkpoint holds them: a tensor that several parameters are made of counts once, and
 * one of which only a part is used (RoBERTa's first two positions are not) counts whole. A stored shape follows from the
 * parameter's and from the binding between them; where it does not, the parameter's own elements count.
 */
final class LearnedNumbers {

    private final Map<String, List<Long>> stored = new HashMap<>();
    private long others;

    private LearnedNumbers() {
    }

    static long count(Graph graph, Map<String, Binding> bindings) {
        LearnedNumbers numbers = new LearnedNumbers();
        for (Node node : graph.parameters()) {
            List<Long> shape = LongStream.of(((Type.TensorType) node.types().getFirst()).shape().maxSizes()).boxed().toList();
            numbers.add(bindings.get(node.name()), shape);
        }
        return numbers.stored.values().stream().mapToLong(LearnedNumbers::elements).reduce(numbers.others, Math::addExact);
    }

    /** @param shape of the binding's value */
    private void add(Binding binding, List<Long> shape) {
        switch (binding) {
            case Binding.Stored(String name) -> stored.merge(name, shape, LearnedNumbers::covering);
            case Binding.Slice(Binding of, int axis, long _, long end) -> add(of, with(shape, axis, end));
            case Binding.Permute(Binding of, List<Integer> order) -> add(of, unpermuted(shape, order));
            case Binding.Affine(Binding of, double _, double _) -> add(of, shape);
            case Binding.Stack(List<Binding> parts) -> parts.forEach(part -> add(part, shape.subList(1, shape.size())));
            // How many elements each part has is not known, but together they are all.
            case Binding.Concat _, Binding.Reshape _ -> others = Math.addExact(others, elements(shape));
            case null -> others = Math.addExact(others, elements(shape));
        }
    }

    /** The smallest shape that both are parts of; equal elements in another shape are the same. */
    private static List<Long> covering(List<Long> a, List<Long> b) {
        if (a.size() != b.size()) {
            return elements(a) >= elements(b) ? a : b;
        }
        List<Long> covering = new ArrayList<>();
        for (int axis = 0; axis < a.size(); axis++) {
            covering.add(Math.max(a.get(axis), b.get(axis)));
        }
        return covering;
    }

    private static List<Long> with(List<Long> shape, int axis, long size) {
        List<Long> changed = new ArrayList<>(shape);
        changed.set(axis, size);
        return changed;
    }

    private static List<Long> unpermuted(List<Long> shape, List<Integer> order) {
        List<Long> original = new ArrayList<>(shape);
        for (int axis = 0; axis < order.size(); axis++) {
            original.set(order.get(axis), shape.get(axis));
        }
        return original;
    }

    private static long elements(List<Long> shape) {
        return shape.stream().reduce(1L, Math::multiplyExact);
    }
}
