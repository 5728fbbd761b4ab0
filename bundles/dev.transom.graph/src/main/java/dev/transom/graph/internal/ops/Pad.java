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
 * x with {@code before} and {@code after} zeros along one axis: the gradient of slice, and slice is its.
 * R1 x is F32. R2 axis is one of x's and fixed. R3 before and after are not negative.
 * StableHLO pad, along one axis with zeros.
 */
final class Pad implements Operation {

    @Override
    public String name() {
        return "pad";
    }

    @Override
    public List<Type> types(Attributes attributes, List<Type> inputs) {
        Rules.inputs(1, inputs);
        Type.TensorType x = Rules.real(inputs, 0, "x"); // R1
        int axis = Axes.fixed(attributes, x); // R2
        long before = attributes.integer("before");
        long after = attributes.integer("after");
        Rules.require(before >= 0 && after >= 0, "before and after must not be negative", before + " and " + after); // R3
        return List.of(Type.f32(x.shape().with(axis, Dim.of(before + x.shape().dim(axis).max() + after))));
    }

    @Override
    public List<Value> gradient(GradientContext context) {
        int axis = context.attributes().int32("axis");
        long before = context.attributes().integer("before");
        return List.of(context.builder().slice(context.dy(), axis, before, before + context.input(0).shape().dim(axis).max()));
    }

    @Override
    public Cost cost(Attributes attributes, List<Type> inputs, List<Type> outputs) {
        return new Cost(0, Cost.traffic(inputs) + Cost.traffic(outputs));
    }

    @Override
    public void reference(ReferenceArguments run) {
        int axis = run.attributes().int32("axis");
        int inner = Axes.inner(run.shape(0), axis);
        int block = run.shape(0)[axis] * inner;
        int stride = run.outShape(0)[axis] * inner;
        double[] x = run.reals(0);
        for (int from = 0, to = run.attributes().int32("before") * inner; from < x.length; from += block, to += stride) {
            System.arraycopy(x, from, run.outReals(0), to, block);
        }
    }
}
