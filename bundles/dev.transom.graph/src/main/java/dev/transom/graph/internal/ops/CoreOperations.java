package dev.transom.graph.internal.ops;

import dev.transom.graph.Operation;
import java.util.List;
import java.util.stream.Stream;

/** The announcement of every core operation. */
public final class CoreOperations {

    private CoreOperations() {
    }

    public static List<Operation> all() {
        return Stream.of(ElementwiseAndShapeOperations.all(), ModelOperations.all()).flatMap(List::stream).toList();
    }
}
