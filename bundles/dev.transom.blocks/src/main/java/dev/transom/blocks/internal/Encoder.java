package dev.transom.blocks.internal;

/** Quantises one block of a format. */
@FunctionalInterface
public interface Encoder {

    /**
     * Quantises the elements from {@code from[start]} on into the block whose first byte is {@code to[at]}; the block's bytes are zero
     * before.
     */
    void block(float[] from, int start, byte[] to, int at);
}
