package dev.transom.graph.internal.ops;

import dev.transom.graph.Attributes;
import dev.transom.graph.Cost;
import dev.transom.graph.Operation;
import dev.transom.graph.ReferenceArguments;
import dev.transom.graph.Rules;
import dev.transom.graph.Type;
import java.util.Arrays;
import java.util.List;

/**
 * dx = dy / elements of x, of x's shape, of which only the shape is read: an operation because the number of elements is known
 * only at run time. It has no gradient itself.
 * R1 x and dy are F32. R2 dy is a scalar.
 */
final class MeanAllBackward implements Operation {

    @Override
    public String name() {
        return "mean_all_backward";
    }

    @Override
    public List<Type> types(Attributes attributes, List<Type> inputs) {
        Rules.inputs(2, inputs);
        Type.TensorType x = Rules.real(inputs, 0, "x"); // R1
        Type.TensorType dy = Rules.real(inputs, 1, "dy"); // R1
        Rules.rank(dy, 0, "dy"); // R2
        return List.of(x);
    }

    @Override
    public Cost cost(Attributes attributes, List<Type> inputs, List<Type> outputs) {
        return new Cost(1, Cost.traffic(inputs.subList(1, 2)) + Cost.traffic(outputs));
    }

    @Override
    public void reference(ReferenceArguments run) {
        double[] dx = run.outReals(0);
        Arrays.fill(dx, run.reals(1)[0] / dx.length);
    }
}
