package dev.transom.graph;

/** The type of a tensor's elements in a graph. How parameters are stored (F16, BF16, Q8_0 …) is not a graph's affair. */
public enum ElementType {
    /** Real numbers: computed in float32, or in float64 where the oracle is asked to. */
    F32(4),
    /** 32-bit signed integers: ids, positions, offsets, labels. */
    I32(4);

    private final int bytes;

    ElementType(int bytes) {
        this.bytes = bytes;
    }

    /** Bytes of one element in an activation buffer. */
    public int bytes() {
        return bytes;
    }
}
