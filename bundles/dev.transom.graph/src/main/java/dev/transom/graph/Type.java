package dev.transom.graph;

/** The type of a value: a tensor, or a cache that operations read and append to. */
public sealed interface Type {

    static TensorType f32(Shape shape) {
        return new TensorType(ElementType.F32, shape);
    }

    static TensorType i32(Shape shape) {
        return new TensorType(ElementType.I32, shape);
    }

    static TensorType f32(Dim... dims) {
        return f32(Shape.of(dims));
    }

    static TensorType i32(Dim... dims) {
        return i32(Shape.of(dims));
    }

    /** A contiguous tensor, row-major. */
    record TensorType(ElementType element, Shape shape) implements Type {

        /** Bytes of the tensor at its largest, as an activation. */
        public long maxBytes() {
            return Math.multiplyExact(shape.maxElements(), element.bytes());
        }

        @Override
        public String toString() {
            return element + shape.toString();
        }
    }

    /**
     * A paged key-value cache of one attention layer, owned by the backend: {@code keys [slots, kvHeads, keyDim]} and
     * {@code values [slots, kvHeads, valueDim]}, where slot = block · blockSize + offset in the block.
     *
     * @param name      unique in the graph, for example {@code layers.3.self}
     * @param kvHeads   heads of keys and values (fewer than query heads when they are grouped)
     * @param keyDim    elements of one key head
     * @param valueDim  elements of one value head
     * @param blockSize positions in one block
     */
    record CacheType(String name, int kvHeads, int keyDim, int valueDim, int blockSize) implements Type {

        /** Elements that one cached position takes in this layer. */
        public long elementsPerPosition() {
            return (long) kvHeads * (keyDim + valueDim);
        }

        @Override
        public String toString() {
            return "Cache[" + name + ", " + kvHeads + "×(" + keyDim + "+" + valueDim + "), block " + blockSize + "]";
        }
    }
}
