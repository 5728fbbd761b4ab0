package dev.transom.graph;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Reverse-mode differentiation: extends a graph under construction by the gradients of a scalar. Every operation's rule emits
 * operations of the same set, so what comes out is a graph like any other.
 */
public final class Autodiff {

    private final GraphBuilder builder;
    private final Map<List<Integer>, Value> gradients = new HashMap<>();
    private final boolean[] wanted;
    private final List<Node> forward;

    private Autodiff(GraphBuilder builder, List<Value> with) {
        this.builder = builder;
        this.forward = builder.nodes();
        this.wanted = new boolean[forward.size()];
        with.forEach(value -> wanted[value.node()] = true);
        for (Node node : forward) {
            wanted[node.id()] |= node.inputs().stream().anyMatch(value -> wanted[value.node()]);
        }
    }

    /**
     * Emits the gradients of {@code loss} with respect to the values {@code with}.
     *
     * @param builder the builder in which {@code loss} was built
     * @param loss    a scalar {@code []}
     * @param with    values of the builder, usually parameters
     * @return one gradient for each value, of its shape; null where the loss does not depend on it
     */
    public static List<Value> gradients(GraphBuilder builder, Value loss, List<Value> with) {
        Rules.require(loss.shape().rank() == 0, "autodiff: the loss must be a scalar []", loss.type());
        Autodiff walk = new Autodiff(builder, with);
        walk.gradients.put(key(loss), builder.constant(Shape.of(new Dim[0]), 1.0));
        for (int id = loss.node(); id >= 0; id--) {
            walk.backward(walk.forward.get(id));
        }
        return with.stream().map(value -> walk.gradients.get(key(value))).collect(java.util.stream.Collectors.toList());
    }

    /** Output name of the gradient of a parameter in {@link #withGradients}. */
    public static String gradientName(String parameter) {
        return "grad." + parameter;
    }

    /**
     * Extends a graph with an output {@code loss} by an output {@code grad.NAME} for each of the named parameters that the loss depends
     * on.
     */
    public static Graph withGradients(Operations operations, Graph graph, Collection<String> parameters) {
        GraphBuilder builder = new GraphBuilder(operations, graph);
        List<Node> trained = graph.parameters().stream().filter(node -> parameters.contains(node.name())).toList();
        List<Value> gradients = gradients(builder, graph.outputs().get("loss"), trained.stream().map(Node::output).toList());
        for (int i = 0; i < trained.size(); i++) {
            if (gradients.get(i) != null) {
                builder.output(gradientName(trained.get(i).name()), gradients.get(i));
            }
        }
        return builder.build();
    }

    private void backward(Node node) {
        if (node.isLeaf() || !wanted[node.id()]) {
            return;
        }
        Value[] outputs = new Value[node.types().size()];
        for (int i = 0; i < outputs.length; i++) {
            outputs[i] = gradients.get(key(node.output(i)));
        }
        if (Arrays.stream(outputs).allMatch(value -> value == null)) {
            return;
        }
        List<Value> inputs = rule(node, new ArrayList<>(Arrays.asList(outputs)));
        for (int i = 0; i < inputs.size(); i++) {
            Value input = node.inputs().get(i);
            if (inputs.get(i) != null && wanted[input.node()]) {
                gradients.merge(key(input), inputs.get(i), builder::add);
            }
        }
    }

    private List<Value> rule(Node node, List<Value> outputGradients) {
        try (GraphBuilder.Scope _ = builder.scope("grad" + (node.name().isEmpty() ? "" : "." + node.name()))) {
            return builder.operations().get(node.operation()).gradient(new GradientContext(builder, node, outputGradients));
        }
    }

    private static List<Integer> key(Value value) {
        return List.of(value.node(), value.output());
    }
}
