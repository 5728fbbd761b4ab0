package dev.transom.graph;

import java.util.Map;

/**
 * A graph as a drawing in the language of Graphviz, for {@code dot -Tsvg}: inputs and outputs as ellipses, parameters as notes,
 * operations as boxes, edges named by type.
 */
public final class GraphDot {

    private GraphDot() {
    }

    public static String print(Graph graph) {
        StringBuilder text = new StringBuilder("digraph transom {\n  node [fontname=\"sans-serif\", fontsize=10];\n")
            .append("  edge [fontname=\"sans-serif\", fontsize=8];\n");
        for (Node node : graph.nodes()) {
            text.append("  n").append(node.id()).append(" [shape=").append(shape(node)).append(", label=\"")
                .append(label(node)).append("\"];\n");
            for (Value input : node.inputs()) {
                edge(text, input, "n" + node.id());
            }
        }
        int index = 0;
        for (Map.Entry<String, Value> output : graph.outputs().entrySet()) {
            String id = "out" + index++;
            text.append("  ").append(id).append(" [shape=ellipse, label=\"").append(escaped(output.getKey())).append("\"];\n");
            edge(text, output.getValue(), id);
        }
        return text.append("}\n").toString();
    }

    private static void edge(StringBuilder text, Value from, String to) {
        text.append("  n").append(from.node()).append(" -> ").append(to).append(" [label=\"")
            .append(escaped(from.type().toString())).append("\"];\n");
    }

    private static String shape(Node node) {
        return switch (node.operation()) {
            case Node.INPUT -> "ellipse";
            case Node.PARAMETER, Node.CONSTANT -> "note";
            case Node.CACHE -> "cylinder";
            default -> "box";
        };
    }

    private static String label(Node node) {
        String name = escaped(node.name());
        if (node.isLeaf()) {
            return name.isEmpty() ? node.operation() : name;
        }
        return escaped(node.operation()) + (name.isEmpty() ? "" : "\\n" + name);
    }

    private static String escaped(String text) {
        return text.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", " ");
    }
}
