package dev.transom.graph;

/**
 * What one run of a node costs at the sizes of its types.
 *
 * @param flops    floating-point operations; a multiply-add counts two
 * @param bytes    bytes read and written, parameters at four bytes an element
 * @param products those of {@code flops} that are multiply-adds of products of matrices, attention's included: what literature counts
 */
public record Cost(double flops, double bytes, double products) {

    public static final Cost FREE = new Cost(0, 0);

    /** The cost of an operation without products of matrices. */
    public Cost(double flops, double bytes) {
        this(flops, bytes, 0);
    }

    /**
     * The cost of an operation that multiplies matrices.
     *
     * @param multiplyAdds products summed, each two floating-point operations
     * @param further      all other floating-point operations
     */
    public static Cost ofProducts(double multiplyAdds, double further, double bytes) {
        return new Cost(2 * multiplyAdds + further, bytes, 2 * multiplyAdds);
    }

    public Cost plus(Cost other) {
        return new Cost(flops + other.flops, bytes + other.bytes, products + other.products);
    }

    /** {@code flopsPerElement} for each element of the first output; every input read and output written once. */
    public static Cost elementwise(double flopsPerElement, java.util.List<Type> inputs, java.util.List<Type> outputs) {
        double elements = ((Type.TensorType) outputs.getFirst()).shape().maxElements();
        return new Cost(flopsPerElement * elements, traffic(inputs) + traffic(outputs));
    }

    /** Bytes of all tensors among {@code types}; caches count nothing. */
    public static double traffic(java.util.List<Type> types) {
        double bytes = 0;
        for (Type type : types) {
            bytes += type instanceof Type.TensorType tensor ? tensor.maxBytes() : 0;
        }
        return bytes;
    }
}
