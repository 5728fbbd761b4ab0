package dev.transom.conformance.operation;

import dev.transom.graph.GraphBuilder;
import dev.transom.graph.HostTensor;
import dev.transom.graph.Node;
import dev.transom.graph.Operations;
import dev.transom.graph.Precision;
import dev.transom.graph.ReferenceRun;
import dev.transom.graph.Type;
import dev.transom.graph.Value;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A decomposition consists of core operations and gives the same types and values. */
final class DecompositionContract {

    private static final double TOLERANCE = 1e-9;

    private DecompositionContract() {
    }

    static ContractResult check(Operations operations, OperationCase each) {
        return ContractResult.of("decomposition", broken -> {
            GraphBuilder builder = new GraphBuilder(operations);
            Optional<List<Value>> parts = operations.get(each.operation())
                .decompose(builder, each.attributes(), each.declare(builder));
            if (parts.isPresent()) {
                builder.nodes().stream().filter(node -> !node.isLeaf() && Operations.core().find(node.operation()).isEmpty())
                    .forEach(node -> broken.add("it must use core operations only; it uses " + node.operation() + "."));
                compare(operations, each, builder, parts.get(), broken);
            }
        });
    }

    private static void compare(Operations operations, OperationCase each, GraphBuilder builder, List<Value> parts,
            List<String> broken) {
        Node node = each.apply(builder);
        List<Type> types = parts.stream().map(Value::type).toList();
        if (!types.equals(node.types())) {
            broken.add("it must give " + node.types() + "; it gives " + types + ".");
            return;
        }
        ReferenceContract.outputs(builder, node);
        for (int i = 0; i < parts.size(); i++) {
            builder.output("part" + i, parts.get(i));
        }
        Map<String, HostTensor> results = new ReferenceRun(builder.build(), operations, Precision.FLOAT64)
            .run(each.tensors(), each.caches());
        for (int i = 0; i < parts.size(); i++) {
            double[] whole = results.get("y" + i).reals();
            double[] part = results.get("part" + i).reals();
            for (int e = 0; e < whole.length; e++) {
                if (!(Math.abs(whole[e] - part[e]) <= TOLERANCE * Math.max(1, Math.abs(whole[e])))) {
                    broken.add("output " + i + ", element " + e + ", must be " + whole[e] + "; it is " + part[e] + ".");
                    return;
                }
            }
        }
    }
}
