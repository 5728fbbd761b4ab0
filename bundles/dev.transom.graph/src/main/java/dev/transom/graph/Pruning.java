package dev.transom.graph;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Drops nodes that no output needs. */
final class Pruning {

    private Pruning() {
    }

    static Graph keepWhatOutputsNeed(Graph graph) {
        boolean[] needed = new boolean[graph.nodes().size()];
        graph.outputs().values().forEach(value -> needed[value.node()] = true);
        for (int i = needed.length - 1; i >= 0; i--) {
            if (needed[i]) {
                graph.nodes().get(i).inputs().forEach(value -> needed[value.node()] = true);
            }
        }
        int[] renumbered = new int[needed.length];
        List<Node> kept = new ArrayList<>();
        for (Node node : graph.nodes()) {
            if (needed[node.id()]) {
                renumbered[node.id()] = kept.size();
                kept.add(new Node(kept.size(), node.operation(), node.version(), node.name(), node.attributes(),
                    node.inputs().stream().map(value -> moved(value, renumbered)).toList(), node.types()));
            }
        }
        Map<String, Value> outputs = new LinkedHashMap<>();
        graph.outputs().forEach((name, value) -> outputs.put(name, moved(value, renumbered)));
        return new Graph(kept, outputs);
    }

    private static Value moved(Value value, int[] renumbered) {
        return new Value(renumbered[value.node()], value.output(), value.type());
    }
}
