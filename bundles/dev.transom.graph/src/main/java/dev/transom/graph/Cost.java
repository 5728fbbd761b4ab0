package dev.transom.graph;

/**
 * What one run of a node costs at the sizes of its types.
 *
 * @param flops floating-point operations; a multiply-add counts two
 * @param bytes bytes read and written, parameters at four bytes an element
 */
public record Cost(double flops, double bytes) {

    public static final Cost FREE = new Cost(0, 0);

    public Cost plus(Cost other) {
        return new Cost(flops + other.flops, bytes + other.bytes);
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
