package dev.transom.graph.internal.ops;

import dev.transom.graph.Operation;
import java.util.List;

/** The announcement of norms, softmax, positions, attention, caches, pooling, losses and dropout. */
final class ModelOperations {

    private ModelOperations() {
    }

    static List<Operation> all() {
        return List.of(new RmsNorm());
    }
}
