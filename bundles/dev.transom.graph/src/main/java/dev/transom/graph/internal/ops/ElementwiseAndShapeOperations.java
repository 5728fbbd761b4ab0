package dev.transom.graph.internal.ops;

import dev.transom.graph.Operation;
import java.util.List;

/** The announcement of elementwise functions, products, shapes, rows and sums. */
final class ElementwiseAndShapeOperations {

    private ElementwiseAndShapeOperations() {
    }

    static List<Operation> all() {
        return List.of();
    }
}
