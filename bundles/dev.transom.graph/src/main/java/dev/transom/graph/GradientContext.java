package dev.transom.graph;

import java.util.List;

/**
 * What a gradient rule works with.
 *
 * @param builder         where to emit gradient operations
 * @param node            the node being differentiated
 * @param outputGradients one for each output; null where the loss does not depend on it
 */
public record GradientContext(GraphBuilder builder, Node node, List<Value> outputGradients) {

    public Value input(int index) {
        return node.inputs().get(index);
    }

    public Value output(int index) {
        return node.output(index);
    }

    /** Gradient of output {@code index}; null where the loss does not depend on it. */
    public Value dy(int index) {
        return outputGradients.get(index);
    }

    /** Gradient of the only output. */
    public Value dy() {
        return outputGradients.getFirst();
    }

    public Attributes attributes() {
        return node.attributes();
    }
}
