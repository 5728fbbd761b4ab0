package dev.transom.blocks.internal;

/** Expands one block of a format to floats. */
@FunctionalInterface
public interface Decoder {

    /**
     * Expands the block whose first byte is {@code from[at]}.
     *
     * @param to    receives one float for each element of the block, the first at {@code start}
     */
    void block(byte[] from, int at, float[] to, int start);
}
