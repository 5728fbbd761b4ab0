package dev.transom.backend.cpu.internal;

import dev.transom.api.kernel.Kernel;
import dev.transom.graph.Node;

/**
 * One node and the kernel that runs it.
 *
 * @param inputDims  for each input its dimensions as {@link Sizes#codes}; empty for a cache
 * @param outputDims for each output its dimensions
 */
record Step(Node node, Kernel kernel, int[][] inputDims, int[][] outputDims) {
}
