package dev.transom.graph;

import java.util.List;
import java.util.Map;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Optional;

/**
 * A typed program of tensor operations, as data: nodes in an order in which they can run, and named outputs.
 *
 * @param nodes   nodes; inputs of a node precede it
 * @param outputs what a run gives back, by name
 */
public record Graph(List<Node> nodes, Map<String, Value> outputs) {

    public Graph {
        nodes = List.copyOf(nodes);
        outputs = Collections.unmodifiableMap(new LinkedHashMap<>(outputs));
    }

    public List<Node> inputs() {
        return leaves(Node.INPUT);
    }

    public List<Node> parameters() {
        return leaves(Node.PARAMETER);
    }

    public List<Node> caches() {
        return leaves(Node.CACHE);
    }

    public Optional<Node> input(String name) {
        return inputs().stream().filter(node -> node.name().equals(name)).findFirst();
    }

    /** SHA-256 of the binary form, in hexadecimal digits; see {@link GraphBinary}. */
    public String fingerprint() {
        return GraphBinary.fingerprint(this);
    }

    /**
     * The graph of some outputs alone: what only others need is dropped, such as logits where the loss is wanted.
     *
     * @throws GraphException if there is no output of one of these names
     */
    public Graph keeping(Collection<String> names) {
        Map<String, Value> kept = new LinkedHashMap<>();
        for (String name : names) {
            Rules.require(outputs.containsKey(name), "output " + name + ": it must be one of the graph's", outputs.keySet());
            kept.put(name, outputs.get(name));
        }
        return Pruning.keepWhatOutputsNeed(new Graph(nodes, kept));
    }

    public Node node(Value value) {
        return nodes.get(value.node());
    }

    private List<Node> leaves(String operation) {
        return nodes.stream().filter(node -> node.operation().equals(operation)).toList();
    }
}
