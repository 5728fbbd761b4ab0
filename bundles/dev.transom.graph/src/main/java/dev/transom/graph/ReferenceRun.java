package dev.transom.graph;

import dev.transom.graph.ReferenceArguments.ReferenceCache;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Runs a graph by the operations' reference kernels, one node after the other: slow, plain, and the meaning of the graph. Run-time
 * shapes come from the operations' type rules, applied to actual sizes. An instance may run any number of times, from any
 * thread, but runs that share a cache must follow one another.
 *
 * <pre>{@code
 * var run = new ReferenceRun(graph, Operations.core(), Precision.FLOAT64);
 * HostTensor y = run.run(Map.of("x", HostTensor.ofReals(x, 3, 64), "w", w), Map.of()).get("y");
 * }</pre>
 */
public final class ReferenceRun {

    private final Graph graph;
    private final Operations operations;
    private final Precision precision;
    private final List<List<Value>> freedAfter;

    public ReferenceRun(Graph graph, Operations operations, Precision precision) {
        this.graph = graph;
        this.operations = operations;
        this.precision = precision;
        this.freedAfter = lastUses(graph);
    }

    /**
     * Runs once; inputs and parameters come in one map.
     *
     * @param inputsAndParameters a tensor for every input and every parameter; more are allowed
     * @param caches              the state of every cache by name; appended to in place
     * @return the graph's outputs that are tensors, in the graph's order
     * @throws GraphException where a tensor is missing or does not fit its declared type
     */
    public Map<String, HostTensor> run(Map<String, HostTensor> inputsAndParameters, Map<String, ReferenceCache> caches) {
        return run(inputsAndParameters, inputsAndParameters, caches);
    }

    /** Runs once, as {@link #run(Map, Map)} does, with inputs and parameters apart. */
    public Map<String, HostTensor> run(Map<String, HostTensor> inputs, Map<String, HostTensor> parameters,
            Map<String, ReferenceCache> caches) {
        HostTensor[][] values = new HostTensor[graph.nodes().size()][];
        RunSizes sizes = new RunSizes();
        for (Node node : graph.nodes()) {
            values[node.id()] = switch (node.operation()) {
                case Node.INPUT -> leaf(node, inputs, sizes);
                case Node.PARAMETER -> leaf(node, parameters, sizes);
                case Node.CONSTANT -> new HostTensor[] {constant(node)};
                case Node.CACHE -> new HostTensor[1];
                default -> compute(node, values, caches, sizes);
            };
            freedAfter.get(node.id()).forEach(value -> values[value.node()][value.output()] = null);
        }
        Map<String, HostTensor> results = new LinkedHashMap<>();
        graph.outputs().forEach((name, value) -> {
            if (value.type() instanceof Type.TensorType) {
                results.put(name, values[value.node()][value.output()]);
            }
        });
        return results;
    }

    private HostTensor[] leaf(Node node, Map<String, HostTensor> given, RunSizes sizes) {
        HostTensor tensor = given.get(node.name());
        String where = node.operation() + " " + node.name();
        Rules.require(tensor != null, where + ": a tensor " + node.types().getFirst() + " must be given", given.keySet());
        sizes.check(where, node.types().getFirst(), tensor.tensorType());
        return new HostTensor[] {precision == Precision.FLOAT32 ? tensor.rounded() : tensor};
    }

    private HostTensor constant(Node node) {
        Type.TensorType type = (Type.TensorType) node.types().getFirst();
        double[] elements = node.attributes().reals("values").stream().mapToDouble(Double::doubleValue).toArray();
        HostTensor tensor = HostTensor.ofReals(elements, type.shape().maxSizes());
        return precision == Precision.FLOAT32 ? tensor.rounded() : tensor;
    }

    private HostTensor[] compute(Node node, HostTensor[][] values, Map<String, ReferenceCache> caches, RunSizes sizes) {
        Operation operation = operations.get(node.operation());
        List<HostTensor> inputs = new ArrayList<>();
        List<Type> types = new ArrayList<>();
        for (Value input : node.inputs()) {
            HostTensor tensor = values[input.node()][input.output()];
            inputs.add(tensor);
            types.add(input.type() instanceof Type.CacheType ? input.type() : tensor.tensorType());
        }
        List<Type> actual;
        try {
            actual = operation.types(node.attributes(), types);
        } catch (GraphException broken) {
            throw new GraphException(where(node) + ": " + broken.getMessage());
        }
        HostTensor[] outputs = new HostTensor[actual.size()];
        for (int i = 0; i < outputs.length; i++) {
            sizes.check(where(node) + " output " + i, node.types().get(i), actual.get(i));
            outputs[i] = actual.get(i) instanceof Type.TensorType type ? HostTensor.zeros(type) : null;
        }
        operation.reference(new NodeArguments(node, types, inputs, outputs, caches));
        if (precision == Precision.FLOAT32) {
            for (HostTensor output : outputs) {
                roundInPlace(output);
            }
        }
        return outputs;
    }

    private static String where(Node node) {
        return node.operation() + (node.name().isEmpty() ? "" : " at " + node.name()) + " %" + node.id();
    }

    private static void roundInPlace(HostTensor output) {
        if (output != null) {
            double[] reals = output.reals();
            for (int i = 0; i < reals.length; i++) {
                reals[i] = (float) reals[i];
            }
        }
    }

    private static List<List<Value>> lastUses(Graph graph) {
        List<List<Value>> freed = new ArrayList<>();
        Map<Value, Integer> last = new LinkedHashMap<>();
        for (Node node : graph.nodes()) {
            freed.add(new ArrayList<>());
            for (int i = 0; i < node.types().size(); i++) {
                last.put(node.output(i), node.id());
            }
            node.inputs().forEach(value -> last.put(value, node.id()));
        }
        graph.outputs().values().forEach(last::remove);
        last.forEach((value, node) -> freed.get(node).add(value));
        return freed;
    }
}
