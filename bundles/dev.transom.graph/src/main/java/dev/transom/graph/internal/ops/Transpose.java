package dev.transom.graph.internal.ops;

import dev.transom.graph.Attributes;
import dev.transom.graph.Cost;
import dev.transom.graph.GradientContext;
import dev.transom.graph.Operation;
import dev.transom.graph.ReferenceArguments;
import dev.transom.graph.Rules;
import dev.transom.graph.Shape;
import dev.transom.graph.Type;
import dev.transom.graph.Value;
import java.util.List;
import java.util.stream.LongStream;

/**
 * y[i₀, i₁, …] has x's axis permutation[a] as its axis a.
 * R1 x is F32. R2 permutation names each axis of x once.
 * ONNX Transpose.
 */
final class Transpose implements Operation {

    @Override
    public String name() {
        return "transpose";
    }

    @Override
    public List<Type> types(Attributes attributes, List<Type> inputs) {
        Rules.inputs(1, inputs);
        Type.TensorType x = Rules.real(inputs, 0, "x"); // R1
        List<Long> permutation = attributes.integers("permutation");
        List<Long> axes = LongStream.range(0, x.shape().rank()).boxed().toList();
        Rules.require(permutation.stream().sorted().toList().equals(axes), "permutation must name each axis of x once", // R2
            "x " + x + ", permutation " + permutation);
        return List.of(Type.f32(new Shape(permutation.stream().map(axis -> x.shape().dim(axis.intValue())).toList())));
    }

    @Override
    public List<Value> gradient(GradientContext context) {
        List<Long> permutation = context.attributes().integers("permutation");
        int[] inverse = new int[permutation.size()];
        for (int axis = 0; axis < inverse.length; axis++) {
            inverse[permutation.get(axis).intValue()] = axis;
        }
        return List.of(context.builder().transpose(context.dy(), inverse));
    }

    @Override
    public Cost cost(Attributes attributes, List<Type> inputs, List<Type> outputs) {
        return new Cost(0, Cost.traffic(inputs) + Cost.traffic(outputs));
    }

    @Override
    public void reference(ReferenceArguments run) {
        List<Long> permutation = run.attributes().integers("permutation");
        int[] from = run.shape(0);
        int[] to = run.outShape(0);
        int[] strides = new int[to.length];
        for (int axis = 0; axis < to.length; axis++) {
            strides[axis] = 1;
            for (int inner = permutation.get(axis).intValue() + 1; inner < from.length; inner++) {
                strides[axis] *= from[inner];
            }
        }
        double[] x = run.reals(0);
        double[] y = run.outReals(0);
        for (int i = 0; i < y.length; i++) {
            int source = 0;
            int rest = i;
            for (int axis = to.length - 1; axis >= 0; axis--) {
                source += rest % to[axis] * strides[axis];
                rest /= to[axis];
            }
            y[i] = x[source];
        }
    }
}
