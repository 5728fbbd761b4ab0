package dev.transom.graph;

/**
 * One output of one node.
 *
 * @param node   index of the node in its graph
 * @param output which of the node's outputs
 * @param type   the output's type
 */
public record Value(int node, int output, Type type) {

    /** The type as a tensor's; a cache is an error. */
    public Type.TensorType tensor() {
        if (type instanceof Type.TensorType tensor) {
            return tensor;
        }
        throw new GraphException("value %" + node + ": a tensor is required here; got " + type + ".");
    }

    public Shape shape() {
        return tensor().shape();
    }

    public ElementType element() {
        return tensor().element();
    }
}
