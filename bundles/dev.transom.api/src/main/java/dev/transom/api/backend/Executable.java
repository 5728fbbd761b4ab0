package dev.transom.api.backend;

import org.osgi.annotation.versioning.ConsumerType;

/** A graph with its parameters on a device. Immutable; makes workspaces and caches from any thread. */
@ConsumerType
public interface Executable extends AutoCloseable {

    Plan plan();

    /**
     * Memory for cached keys and values of all layers.
     *
     * @param blocks blocks per layer; a block's index means the same in every layer
     */
    Caches caches(int blocks);

    /**
     * Memory for one run at a time.
     *
     * @param caches what {@code kv_cache} nodes mean; null for a graph without
     */
    Workspace workspace(Caches caches);

    /** Frees what it holds; workspaces and caches must be closed before. */
    @Override
    void close();
}
