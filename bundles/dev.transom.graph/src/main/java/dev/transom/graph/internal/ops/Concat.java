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
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The parts one after the other along one axis.
 * R1 parts are F32, at least one. R2 axis is one of theirs. R3 they agree in all other axes.
 * ONNX Concat. The gradient of each part is a slice of dy, or concat_backward where the axis is bounded.
 */
final class Concat implements Operation {

    @Override
    public String name() {
        return "concat";
    }

    @Override
    public List<Type> types(Attributes attributes, List<Type> inputs) {
        Rules.require(!inputs.isEmpty(), "it takes at least 1 part", "none");
        Type.TensorType first = Rules.real(inputs, 0, "part 0"); // R1
        int axis = Axes.of(attributes, first); // R2
        Dim size = first.shape().dim(axis);
        for (int i = 1; i < inputs.size(); i++) {
            Type.TensorType part = Rules.real(inputs, i, "part " + i); // R1
            Rules.require(part.shape().rank() == first.shape().rank()
                && part.shape().with(axis, first.shape().dim(axis)).equals(first.shape()), // R3
                "parts must agree in all axes but axis " + axis, Rules.parties("part 0", first, "part " + i, part));
            size = size.plus(part.shape().dim(axis));
        }
        return List.of(Type.f32(first.shape().with(axis, size)));
    }

    @Override
    public List<Value> gradient(GradientContext context) {
        List<Value> parts = context.node().inputs();
        int axis = context.attributes().int32("axis");
        if (!(context.output(0).shape().dim(axis) instanceof Dim.Fixed)) {
            List<Value> inputs = new ArrayList<>(parts);
            inputs.addFirst(context.dy());
            var backward = context.builder().apply("concat_backward", context.attributes(), inputs);
            return IntStream.range(0, parts.size()).mapToObj(backward::output).toList();
        }
        // Slices do not keep the parts alive until the backward pass, as concat_backward does.
        List<Value> gradients = new ArrayList<>();
        long start = 0;
        for (Value part : parts) {
            long end = start + part.shape().dim(axis).max();
            gradients.add(context.builder().slice(context.dy(), axis, start, end));
            start = end;
        }
        return gradients;
    }

    @Override
    public Cost cost(Attributes attributes, List<Type> inputs, List<Type> outputs) {
        return new Cost(0, Cost.traffic(inputs) + Cost.traffic(outputs));
    }

    @Override
    public void reference(ReferenceArguments run) {
        int axis = run.attributes().int32("axis");
        int inner = Axes.inner(run.outShape(0), axis);
        int stride = run.outShape(0)[axis] * inner;
        double[] y = run.outReals(0);
        int start = 0;
        for (int part = 0; part < run.inputs(); part++) {
            double[] x = run.reals(part);
            int block = run.shape(part)[axis] * inner;
            for (int from = 0, to = start; from < x.length; from += block, to += stride) {
                System.arraycopy(x, from, y, to, block);
            }
            start += block;
        }
    }
}
