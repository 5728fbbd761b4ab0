package dev.transom.conformance.architecture;

import dev.transom.graph.Dim;
import dev.transom.graph.Graph;
import dev.transom.graph.GraphBuilder;
import dev.transom.graph.HostTensor;
import dev.transom.graph.Node;
import dev.transom.graph.Operations;
import dev.transom.graph.Type;
import dev.transom.graph.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;

/**
 * Rewrites a graph over ragged rows so that padding may be part of a row as a library's padded batch has it: padded tokens are
 * queries, but never keys. Needed where a library's loss runs over padded positions too, as that of span heads does.
 */
final class PaddedKeys {

    private static final String KEYS = "conform.keys";
    private static final String KEY_OFFSETS = "conform.key_offsets";

    private PaddedKeys() {
    }

    /** The graph with every attention reading only the keys that {@link #inputs} names. */
    static Graph hide(Operations operations, Graph graph, PaddedBatch batch) {
        GraphBuilder builder = new GraphBuilder(operations);
        Value keys = builder.input(KEYS, Type.i32(Dim.bounded("keys", batch.validTokens().length)));
        return rewritten(builder, graph, (node, inputs) -> {
            if (node.operation().equals("attention")) {
                inputs.set(1, builder.gather(inputs.get(1), keys));
                inputs.set(2, builder.gather(inputs.get(2), keys));
                inputs.set(4, builder.input(KEY_OFFSETS, inputs.get(3).tensor()));
            }
            return null;
        });
    }

    /**
     * Copies a graph node by node.
     *
     * @param rule gives the outputs of a node that becomes something else, or null for a copy with the inputs as it left them
     */
    static Graph rewritten(GraphBuilder builder, Graph graph, BiFunction<Node, List<Value>, List<Value>> rule) {
        List<List<Value>> made = new ArrayList<>();
        for (Node node : graph.nodes()) {
            List<Value> inputs = new ArrayList<>(node.inputs().stream()
                .map(value -> made.get(value.node()).get(value.output())).toList());
            List<Value> outputs = rule.apply(node, inputs);
            made.add(outputs != null ? outputs : copy(builder, node, inputs));
        }
        graph.outputs().forEach((name, value) -> builder.output(name, made.get(value.node()).get(value.output())));
        return builder.build();
    }

    /** Values of the inputs that {@link #hide} added. */
    static Map<String, HostTensor> inputs(PaddedBatch batch) {
        int[] keys = batch.validTokens();
        int[] offsets = new int[batch.rows() + 1];
        for (int row = 0; row < batch.rows(); row++) {
            offsets[row + 1] = offsets[row] + batch.valid().get(row).length;
        }
        return Map.of(KEYS, HostTensor.ofInts(keys, keys.length), KEY_OFFSETS, HostTensor.ofInts(offsets, offsets.length));
    }

    private static List<Value> copy(GraphBuilder builder, Node node, List<Value> inputs) {
        return switch (node.operation()) {
            case Node.INPUT -> List.of(builder.input(node.name(), node.output().tensor()));
            case Node.PARAMETER -> List.of(builder.parameter(node.name(), node.output().tensor()));
            case Node.CONSTANT -> List.of(builder.constant(node.output().shape(),
                node.attributes().reals("values").stream().mapToDouble(Double::doubleValue).toArray()));
            default -> {
                try (GraphBuilder.Scope _ = builder.scope(node.name())) {
                    Node made = builder.apply(node.operation(), node.attributes(), inputs);
                    List<Value> outputs = new ArrayList<>();
                    for (int i = 0; i < made.types().size(); i++) {
                        outputs.add(made.output(i));
                    }
                    yield outputs;
                }
            }
        };
    }
}
