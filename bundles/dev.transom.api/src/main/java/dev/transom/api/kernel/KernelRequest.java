package dev.transom.api.kernel;

import dev.transom.api.backend.PlanOptions.Numerics;
import dev.transom.api.tensor.Format;
import dev.transom.graph.Node;
import java.util.List;

/**
 * A node that needs a kernel.
 *
 * @param node     operation, attributes, input and output types (at their maxima)
 * @param formats  storage format of each input: a parameter's or cache's own, F32 or I32 for activations
 * @param numerics what approximations are allowed
 * @param threads  threads of the pool that will run it
 */
public record KernelRequest(Node node, List<Format> formats, Numerics numerics, int threads) {

    public KernelRequest {
        formats = List.copyOf(formats);
    }
}
