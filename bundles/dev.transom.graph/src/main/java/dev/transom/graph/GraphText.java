package dev.transom.graph;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A graph as text for people, one line for each node:
 *
 * <pre>{@code
 * %0 = input x : F32[tokens≤512, 64]
 * %1 = parameter w : F32[64]
 * %2 = rms_norm(%0, %1) {eps=1.0E-5} at layers.0.norm : F32[tokens≤512, 64]
 * output y = %2
 * }</pre>
 *
 * <p>A node with several outputs is read as {@code %7.1}. {@link GraphBinary} is the form that is read back.
 */
public final class GraphText {

    private static final int SHOWN = 6;

    private GraphText() {
    }

    /** The whole graph, each line ended. */
    public static String print(Graph graph) {
        StringBuilder text = new StringBuilder();
        graph.nodes().forEach(node -> text.append(print(node)).append('\n'));
        graph.outputs().forEach((name, value) -> text.append("output ").append(name).append(" = ").append(name(value)).append('\n'));
        return text.toString();
    }

    /** One node, without the end of line. */
    public static String print(Node node) {
        StringBuilder line = new StringBuilder();
        line.append(IntStream.range(0, node.types().size()).mapToObj(i -> name(node.output(i))).collect(Collectors.joining(", ")));
        line.append(" = ").append(node.operation());
        if (node.isLeaf()) {
            line.append(node.name().isEmpty() ? "" : " " + node.name());
        } else {
            line.append(node.inputs().stream().map(GraphText::name).collect(Collectors.joining(", ", "(", ")")));
        }
        if (!node.attributes().values().isEmpty()) {
            line.append(' ').append(print(node.attributes()));
        }
        if (!node.isLeaf() && !node.name().isEmpty()) {
            line.append(" at ").append(node.name());
        }
        return line.append(" : ").append(node.types().stream().map(Type::toString).collect(Collectors.joining(", "))).toString();
    }

    /** A value as a node's line names it. */
    public static String name(Value value) {
        return "%" + value.node() + (value.output() == 0 ? "" : "." + value.output());
    }

    private static String print(Attributes attributes) {
        return attributes.values().entrySet().stream().map(GraphText::print).collect(Collectors.joining(", ", "{", "}"));
    }

    private static String print(Map.Entry<String, Object> attribute) {
        Object value = attribute.getValue();
        if (value instanceof List<?> list && list.size() > SHOWN) {
            String first = list.stream().limit(SHOWN).map(Object::toString).collect(Collectors.joining(", ", "[", ", … "));
            return attribute.getKey() + "=" + first + list.size() + " in all]";
        }
        return attribute.getKey() + "=" + value;
    }
}
