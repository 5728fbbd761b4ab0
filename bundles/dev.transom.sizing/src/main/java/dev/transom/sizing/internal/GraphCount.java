package dev.transom.sizing.internal;

import dev.transom.graph.Cost;
import dev.transom.graph.Graph;
import dev.transom.graph.Node;
import dev.transom.graph.Operations;
import dev.transom.graph.Type;
import dev.transom.graph.Value;
import java.util.List;

/**
 * What a graph is made of, at the maxima of its dimensions. Knows no operation by name: costs are the operations' own.
 *
 * @param cacheElements      elements of one cached position over all layers
 * @param weightProducts     FLOPs of products with a learned matrix
 * @param activationProducts FLOPs of products among activations: attention
 */
record GraphCount(long cacheElements, double weightProducts, double activationProducts) {

    static GraphCount of(Graph graph, Operations operations) {
        boolean[] learned = learned(graph);
        double weights = 0;
        double activations = 0;
        for (Node node : graph.nodes()) {
            if (!node.isLeaf()) {
                double products = cost(operations, node).products();
                boolean byMatrix = node.inputs().stream().anyMatch(value -> learned[value.node()] && isMatrix(value));
                weights += byMatrix ? products : 0;
                activations += byMatrix ? 0 : products;
            }
        }
        return new GraphCount(cacheElements(graph), weights, activations);
    }

    private static long cacheElements(Graph graph) {
        return graph.caches().stream().mapToLong(node -> ((Type.CacheType) node.types().getFirst()).elementsPerPosition()).sum();
    }

    private static Cost cost(Operations operations, Node node) {
        List<Type> inputs = node.inputs().stream().map(Value::type).toList();
        return operations.get(node.operation()).cost(node.attributes(), inputs, node.types());
    }

    /** Whether a node's value depends on parameters and constants alone, on one parameter at least: a weight, maybe reshaped. */
    private static boolean[] learned(Graph graph) {
        boolean[] fixed = new boolean[graph.nodes().size()];
        boolean[] learned = new boolean[graph.nodes().size()];
        for (Node node : graph.nodes()) {
            boolean parameter = node.operation().equals(Node.PARAMETER);
            fixed[node.id()] = parameter || node.operation().equals(Node.CONSTANT)
                || !node.isLeaf() && node.inputs().stream().allMatch(value -> fixed[value.node()]);
            learned[node.id()] = parameter
                || fixed[node.id()] && node.inputs().stream().anyMatch(value -> learned[value.node()]);
        }
        return learned;
    }

    private static boolean isMatrix(Value value) {
        return value.type() instanceof Type.TensorType type && type.shape().rank() >= 2;
    }
}
