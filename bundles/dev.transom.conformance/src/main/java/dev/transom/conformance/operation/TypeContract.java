package dev.transom.conformance.operation;

import dev.transom.graph.GraphBuilder;
import dev.transom.graph.Operation;
import dev.transom.graph.Operations;
import dev.transom.graph.Type;
import java.util.List;

/** Output types are those stated, at declared and at actual sizes. */
final class TypeContract {

    private TypeContract() {
    }

    static ContractResult check(Operations operations, OperationCase each) {
        return ContractResult.of("types", broken -> {
            List<Type> declared = each.apply(new GraphBuilder(operations)).types();
            compare("at declared sizes", each.gives(), declared, broken);
            Operation operation = operations.get(each.operation());
            List<Type> actualInputs = each.inputs().stream().map(input -> actual(input.declared(), each)).toList();
            List<Type> stated = each.gives().stream().map(type -> actual(type, each)).toList();
            compare("at actual sizes", stated, operation.types(each.attributes(), actualInputs), broken);
        });
    }

    private static void compare(String when, List<Type> stated, List<Type> came, List<String> broken) {
        if (!stated.equals(came)) {
            broken.add(when + " the type rule must give " + stated + "; it gave " + came + ".");
        }
    }

    private static Type actual(Type type, OperationCase each) {
        return type instanceof Type.TensorType tensor ? OperationCase.actual(tensor, each.sizes()) : type;
    }
}
