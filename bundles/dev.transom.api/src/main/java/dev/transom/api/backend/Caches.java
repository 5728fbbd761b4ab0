package dev.transom.api.backend;

import org.osgi.annotation.versioning.ConsumerType;

/** Key-value caches on a device, in blocks. Used by one thread at a time. */
@ConsumerType
public interface Caches extends AutoCloseable {

    int blocks();

    /** Copies block {@code from} to block {@code to} in all layers: what copy-on-write needs. */
    void copy(int from, int to);

    /** A block's content in a form that {@link #importBlock} of the same graph takes, on any backend: F32, layer by layer. */
    float[] exportBlock(int block);

    void importBlock(int block, float[] content);

    @Override
    void close();
}
