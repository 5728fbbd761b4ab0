package dev.transom.architecture.encoder.internal;

import dev.transom.graph.Dim;
import dev.transom.graph.Graph;
import dev.transom.graph.GraphBuilder;
import dev.transom.graph.HostTensor;
import dev.transom.graph.Node;
import dev.transom.graph.Operations;
import dev.transom.graph.Type;
import dev.transom.graph.Value;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * A padded batch as libraries run it: padding is asked (a query) but never answers (no key). The graph of a definition knows no
 * padding, so its self-attentions are rewritten to read keys and values of the valid tokens only. What a library computes over padded
 * positions, such as the softmax of span logits, comes out of the rewritten graph.
 */
final class PaddedKeys {

    private static final String VALID = "valid";
    private static final String VALID_OFFSETS = "valid_offsets";

    private PaddedKeys() {
    }

    static Graph rewrite(Operations operations, Graph graph) {
        GraphBuilder g = new GraphBuilder(operations);
        Map<List<Integer>, Value> moved = new HashMap<>();
        for (Node node : graph.nodes()) {
            List<Value> inputs = new ArrayList<>();
            node.inputs().forEach(value -> inputs.add(moved.get(List.of(value.node(), value.output()))));
            if (node.operation().equals("attention") && node.inputs().get(3).equals(node.inputs().get(4))) {
                readValidKeys(g, inputs);
            }
            Node copy = copy(g, node, inputs);
            for (int i = 0; i < node.types().size(); i++) {
                moved.put(List.of(node.id(), i), copy.output(i));
            }
        }
        graph.outputs().forEach((name, value) -> g.output(name, moved.get(List.of(value.node(), value.output()))));
        return g.build();
    }

    /** The inputs that the rewriting adds. */
    static Map<String, HostTensor> inputs(int[][] mask) {
        int columns = mask[0].length;
        int[] valid = IntStream.range(0, mask.length * columns).filter(i -> mask[i / columns][i % columns] != 0).toArray();
        int[] offsets = new int[mask.length + 1];
        for (int row = 0; row < mask.length; row++) {
            offsets[row + 1] = offsets[row] + IntStream.of(mask[row]).sum();
        }
        return Map.of(VALID, HostTensor.ofInts(valid, valid.length), VALID_OFFSETS,
            HostTensor.ofInts(offsets, offsets.length));
    }

    private static void readValidKeys(GraphBuilder g, List<Value> inputs) {
        Value valid = g.input(VALID, Type.i32(Dim.bounded(VALID, inputs.get(1).shape().dim(0).max())));
        inputs.set(1, g.gather(inputs.get(1), valid));
        inputs.set(2, g.gather(inputs.get(2), valid));
        inputs.set(4, g.input(VALID_OFFSETS, inputs.get(3).tensor()));
    }

    private static Node copy(GraphBuilder g, Node node, List<Value> inputs) {
        Type type = node.types().getFirst();
        return switch (node.operation()) {
            case Node.INPUT -> g.node(g.input(node.name(), (Type.TensorType) type));
            case Node.PARAMETER -> g.node(g.parameter(node.name(), (Type.TensorType) type));
            case Node.CONSTANT -> g.node(g.constant(((Type.TensorType) type).shape(),
                node.attributes().reals("values").stream().mapToDouble(Double::doubleValue).toArray()));
            default -> {
                try (GraphBuilder.Scope _ = g.scope(node.name())) {
                    yield g.apply(node.operation(), node.attributes(), inputs);
                }
            }
        };
    }
}
