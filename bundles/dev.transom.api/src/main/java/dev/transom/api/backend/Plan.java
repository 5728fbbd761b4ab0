package dev.transom.api.backend;

import dev.transom.api.tensor.TypePlan;
import dev.transom.graph.Graph;

/**
 * What running a graph will take.
 *
 * @param graph            the graph
 * @param types            formats of parameters and cache
 * @param options          numerics and threads
 * @param weightBytes      bytes of parameters as stored, mapped
 * @param repackedBytes    further bytes of parameters held in another layout
 * @param activationBytes  the arena of one workspace
 * @param scratchBytes     per-thread scratch and host-side buffers of one workspace
 * @param cacheBlockBytes  bytes of one cache block over all layers
 */
public record Plan(Graph graph, TypePlan types, PlanOptions options, long weightBytes, long repackedBytes,
        long activationBytes, long scratchBytes, long cacheBlockBytes) {
}
