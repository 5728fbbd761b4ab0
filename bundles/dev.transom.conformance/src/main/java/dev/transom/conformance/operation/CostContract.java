package dev.transom.conformance.operation;

import dev.transom.graph.Cost;
import dev.transom.graph.GraphBuilder;
import dev.transom.graph.Node;
import dev.transom.graph.Operation;
import dev.transom.graph.Operations;
import dev.transom.graph.Type;
import java.util.List;

/** Cost is finite, not negative, and grows with the sizes; so does that of every node of the backward pass. */
final class CostContract {

    private CostContract() {
    }

    static ContractResult check(Operations operations, OperationCase each) {
        return ContractResult.of("cost", broken -> {
            GraphBuilder builder = new GraphBuilder(operations);
            Node node = each.apply(builder);
            if (each.gradient() != OperationCase.Gradient.NONE) {
                Projection.gradients(builder, node, Projection.differentiated(each, node));
            }
            for (Node any : builder.nodes()) {
                if (!any.isLeaf()) {
                    check(operations.get(any.operation()), any, each, broken);
                }
            }
        });
    }

    private static void check(Operation operation, Node node, OperationCase each, List<String> broken) {
        List<Type> inputs = node.inputs().stream().map(value -> value.type()).toList();
        Cost most = operation.cost(node.attributes(), inputs, node.types());
        Cost now = operation.cost(node.attributes(), actual(inputs, each), actual(node.types(), each));
        for (Cost cost : List.of(most, now)) {
            if (!(cost.flops() >= 0 && cost.bytes() >= 0 && Double.isFinite(cost.flops() + cost.bytes()))) {
                broken.add("FLOPs and bytes of " + operation.name() + " must be finite and not negative; got " + cost + ".");
            } else if (!(cost.products() >= 0 && cost.products() <= cost.flops())) {
                broken.add("products of " + operation.name() + " must be part of its FLOPs; got " + cost + ".");
            }
        }
        if (most.flops() < now.flops() || most.bytes() < now.bytes()) {
            broken.add("at its maximum " + operation.name() + " must not cost less than at " + each.sizes() + "; got " + most + " and "
                + now + ".");
        }
    }

    private static List<Type> actual(List<Type> types, OperationCase each) {
        return types.stream().map(type -> type instanceof Type.TensorType tensor
            ? (Type) OperationCase.actual(tensor, each.sizes()) : type).toList();
    }
}
