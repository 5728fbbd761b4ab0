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
 * Elements start (inclusive) to end (exclusive) along one axis.
 * R1 x is F32. R2 axis is one of x's and fixed. R3 0 ≤ start ≤ end ≤ size of the axis.
 * StableHLO slice, along one axis with stride 1. dx is dy padded with zeros.
 */
final class Slice implements Operation {

    @Override
    public String name() {
        return "slice";
    }

    @Override
    public List<Type> types(Attributes attributes, List<Type> inputs) {
        Rules.inputs(1, inputs);
        Type.TensorType x = Rules.real(inputs, 0, "x"); // R1
        int axis = Axes.fixed(attributes, x); // R2
        long start = attributes.integer("start");
        long end = attributes.integer("end");
        Rules.require(0 <= start && start <= end && end <= x.shape().dim(axis).max(), // R3
            "start and end must lie in order within axis " + axis, "x " + x + ", start " + start + ", end " + end);
        return List.of(Type.f32(x.shape().with(axis, Dim.of(end - start))));
    }

    @Override
    public List<Value> gradient(GradientContext context) {
        int axis = context.attributes().int32("axis");
        long after = context.input(0).shape().dim(axis).max() - context.attributes().integer("end");
        return List.of(context.builder().op("pad", Attributes.of("axis", axis, "before", context.attributes().integer("start"),
            "after", after), context.dy()));
    }

    @Override
    public Cost cost(Attributes attributes, List<Type> inputs, List<Type> outputs) {
        return new Cost(0, 2 * Cost.traffic(outputs));
    }

    @Override
    public void reference(ReferenceArguments run) {
        int axis = run.attributes().int32("axis");
        int inner = Axes.inner(run.outShape(0), axis);
        int block = run.outShape(0)[axis] * inner;
        int stride = run.shape(0)[axis] * inner;
        int start = run.attributes().int32("start") * inner;
        double[] y = run.outReals(0);
        for (int to = 0, from = start; to < y.length; to += block, from += stride) {
            System.arraycopy(run.reals(0), from, y, to, block);
        }
    }
}
