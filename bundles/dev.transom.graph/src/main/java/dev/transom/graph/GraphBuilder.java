package dev.transom.graph;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Builds a graph node by node; a broken rule is an error here, never when the graph runs.
 *
 * <pre>{@code
 * GraphBuilder g = new GraphBuilder(Operations.core());
 * Value x = g.input("x", Type.f32(Dim.bounded("tokens", 512), Dim.of(64)));
 * Value w = g.parameter("w", Type.f32(Dim.of(256), Dim.of(64)));
 * g.output("y", g.gelu(g.linear(x, w)));
 * Graph graph = g.build();
 * }</pre>
 */
public final class GraphBuilder implements CoreOps {

    private final Operations operations;
    private final List<Node> nodes = new ArrayList<>();
    private final Map<String, Value> leaves = new HashMap<>();
    private final Map<String, Value> outputs = new LinkedHashMap<>();
    private String scope = "";

    public GraphBuilder(Operations operations) {
        this.operations = operations;
    }

    /** Goes on with a graph that was built before: its values keep their numbers, its outputs stay. */
    public GraphBuilder(Operations operations, Graph graph) {
        this(operations);
        nodes.addAll(graph.nodes());
        graph.nodes().stream().filter(node -> node.isLeaf() && !node.operation().equals(Node.CONSTANT))
            .forEach(node -> leaves.put(node.operation() + ":" + node.name(), node.output()));
        outputs.putAll(graph.outputs());
    }

    public Operations operations() {
        return operations;
    }

    /** The input called {@code name}; asked for twice with the same type it is the same value. */
    public Value input(String name, Type.TensorType type) {
        return leaf(Node.INPUT, name, Attributes.NONE, type);
    }

    /** The learned parameter called {@code name}; asked for twice with the same type it is shared (tied). */
    public Value parameter(String name, Type.TensorType type) {
        return leaf(Node.PARAMETER, name, Attributes.NONE, type);
    }

    /** The key-value cache of one layer. */
    public Value cache(Type.CacheType type) {
        return leaf(Node.CACHE, type.name(), Attributes.NONE, type);
    }

    /** A constant tensor of reals, row-major. */
    public Value constant(Shape shape, double... values) {
        Rules.require(shape.maxElements() == values.length, "constant: values must fill the shape " + shape, values.length);
        return add(Node.CONSTANT, 1, Attributes.of("values", values), List.of(), List.of(Type.f32(shape))).output();
    }

    /** Applies an operation with one output. */
    @Override
    public Value op(String operation, Attributes attributes, Value... inputs) {
        return apply(operation, attributes, Arrays.asList(inputs)).output();
    }

    @Override
    public Value[] topK(Value x, int k) {
        Node made = apply("top_k", Attributes.of("k", k), List.of(x));
        return new Value[] {made.output(0), made.output(1)};
    }

    /** Applies an operation and gives its node, all outputs included. */
    public Node apply(String operation, Attributes attributes, List<Value> inputs) {
        Operation behaviour = operations.get(operation);
        List<Type> types;
        try {
            types = behaviour.types(attributes, inputs.stream().map(Value::type).toList());
        } catch (GraphException broken) {
            throw new GraphException(operation + (scope.isEmpty() ? "" : " at " + scope) + ": " + broken.getMessage());
        }
        return add(operation, behaviour.version(), attributes, inputs, types);
    }

    /** Opens a named part: nodes built until it is closed carry the name, joined by dots. */
    public Scope scope(String name) {
        String outer = scope;
        scope = outer.isEmpty() ? name : outer + "." + name;
        return () -> scope = outer;
    }

    /** A name as it reads inside the current scope. */
    public String path(String name) {
        return scope.isEmpty() ? name : scope + "." + name;
    }

    /** Names a value as a result of the graph. */
    public void output(String name, Value value) {
        Rules.require(outputs.putIfAbsent(name, value) == null, "output " + name + ": names must differ", "it twice");
    }

    /** The node that made a value. */
    public Node node(Value value) {
        return nodes.get(value.node());
    }

    /** The nodes so far, in order. */
    public List<Node> nodes() {
        return List.copyOf(nodes);
    }

    /** The graph of all nodes that outputs depend on, renumbered, inputs and parameters in the order of first mention. */
    public Graph build() {
        return Pruning.keepWhatOutputsNeed(new Graph(nodes, outputs));
    }

    private Value leaf(String kind, String name, Attributes attributes, Type type) {
        Value known = leaves.get(kind + ":" + name);
        if (known != null) {
            Rules.require(known.type().equals(type), kind + " " + name + ": one name must mean one type", known.type()
                + " and " + type);
            return known;
        }
        Node node = new Node(nodes.size(), kind, 1, name, attributes, List.of(), List.of(type));
        nodes.add(node);
        leaves.put(kind + ":" + name, node.output());
        return node.output();
    }

    private Node add(String operation, int version, Attributes attributes, List<Value> inputs, List<Type> types) {
        Node node = new Node(nodes.size(), operation, version, scope, attributes, inputs, types);
        nodes.add(node);
        return node;
    }

    /** Closes a named part; to be used in a try statement. */
    @FunctionalInterface
    public interface Scope extends AutoCloseable {
        @Override
        void close();
    }
}
