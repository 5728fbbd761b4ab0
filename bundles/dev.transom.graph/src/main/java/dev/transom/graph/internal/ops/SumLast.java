package dev.transom.graph.internal.ops;

import dev.transom.graph.Attributes;
import dev.transom.graph.Cost;
import dev.transom.graph.Dim;
import dev.transom.graph.GradientContext;
import dev.transom.graph.Operation;
import dev.transom.graph.ReferenceArguments;
import dev.transom.graph.Rules;
import dev.transom.graph.Type;
import dev.transom.graph.Value;
import java.util.List;

/**
 * y […, 1] = Σ x[…, i]: the sum over the last axis, which is kept as 1.
 * R1 x is F32. R2 x has at least one dimension.
 * ONNX ReduceSum, axes −1, keepdims 1. dx repeats dy.
 */
final class SumLast implements Operation {

    @Override
    public String name() {
        return "sum_last";
    }

    @Override
    public List<Type> types(Attributes attributes, List<Type> inputs) {
        Rules.inputs(1, inputs);
        Type.TensorType x = Rules.real(inputs, 0, "x"); // R1
        Rules.require(x.shape().rank() >= 1, "x must have at least 1 dimension", x); // R2
        return List.of(Type.f32(x.shape().with(-1, Dim.of(1))));
    }

    @Override
    public List<Value> gradient(GradientContext context) {
        return List.of(context.builder().broadcastTo(context.dy(), context.input(0)));
    }

    @Override
    public Cost cost(Attributes attributes, List<Type> inputs, List<Type> outputs) {
        double elements = ((Type.TensorType) inputs.getFirst()).shape().maxElements();
        return new Cost(elements, Cost.traffic(inputs) + Cost.traffic(outputs));
    }

    @Override
    public void reference(ReferenceArguments run) {
        double[] x = run.reals(0);
        double[] y = run.outReals(0);
        int n = run.shape(0)[run.shape(0).length - 1];
        for (int i = 0; i < x.length; i++) {
            y[i / n] += x[i];
        }
    }
}
