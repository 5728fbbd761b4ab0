package dev.transom.conformance.operation;

import dev.transom.graph.Autodiff;
import dev.transom.graph.CounterRandom;
import dev.transom.graph.ElementType;
import dev.transom.graph.GraphBuilder;
import dev.transom.graph.HostTensor;
import dev.transom.graph.Node;
import dev.transom.graph.Type;
import dev.transom.graph.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A loss for any operation: the sum of its outputs, each element weighted at random, so that no gradient hides behind another. */
final class Projection {

    private static final String WEIGHT = "projection ";

    private Projection() {
    }

    /** Emits the loss and the gradients of {@code with}; null where the loss does not depend on a value. */
    static List<Value> gradients(GraphBuilder builder, Node node, List<Value> with) {
        return with.isEmpty() ? List.of() : Autodiff.gradients(builder, loss(builder, node), with);
    }

    /** Emits the loss; null where no output is real. */
    static Value loss(GraphBuilder builder, Node node) {
        Value loss = null;
        for (int i = 0; i < node.types().size(); i++) {
            if (node.types().get(i) instanceof Type.TensorType type && type.element() == ElementType.F32) {
                Value term = builder.sumAll(builder.mul(node.output(i), builder.input(WEIGHT + i, type)));
                loss = loss == null ? term : builder.add(loss, term);
            }
        }
        return loss;
    }

    /** Adds the weights to the tensors of a run. */
    static void weights(OperationCase each, Node node, Map<String, HostTensor> tensors) {
        for (int i = 0; i < node.types().size(); i++) {
            if (node.types().get(i) instanceof Type.TensorType type && type.element() == ElementType.F32) {
                HostTensor weights = HostTensor.zeros(OperationCase.actual(type, each.sizes()));
                for (int e = 0; e < weights.reals().length; e++) {
                    weights.reals()[e] = 0.5 + CounterRandom.uniform(OperationCase.SEED, 2000 + i, 0, e);
                }
                tensors.put(WEIGHT + i, weights);
            }
        }
    }

    /** The inputs of which a gradient is due. */
    static List<Value> differentiated(OperationCase each, Node node) {
        List<Value> values = new ArrayList<>();
        for (int i = 0; i < each.inputs().size(); i++) {
            if (each.inputs().get(i) instanceof CaseInput.Reals reals && reals.differentiated()) {
                values.add(node.inputs().get(i));
            }
        }
        return values;
    }
}
