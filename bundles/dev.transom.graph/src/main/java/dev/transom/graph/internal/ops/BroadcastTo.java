package dev.transom.graph.internal.ops;

import dev.transom.graph.Attributes;
import dev.transom.graph.Cost;
import dev.transom.graph.GradientContext;
import dev.transom.graph.Operation;
import dev.transom.graph.ReferenceArguments;
import dev.transom.graph.Rules;
import dev.transom.graph.Type;
import dev.transom.graph.Value;
import java.util.Arrays;
import java.util.List;

/**
 * x repeated to the shape of like. Only like's shape is read.
 * R1 x and like are F32. R2 each axis of x, counted from the last, is 1 or that of like.
 * ONNX Expand. dx is dy summed to x.
 */
final class BroadcastTo implements Operation {

    @Override
    public String name() {
        return "broadcast_to";
    }

    @Override
    public List<Type> types(Attributes attributes, List<Type> inputs) {
        Rules.inputs(2, inputs);
        Type.TensorType x = Rules.real(inputs, 0, "x"); // R1
        Type.TensorType like = Rules.real(inputs, 1, "like"); // R1
        Broadcast.check(x, "x", like, "like"); // R2
        return List.of(like);
    }

    @Override
    public List<Value> gradient(GradientContext context) {
        return Arrays.asList(Broadcast.reduce(context, context.dy(), context.input(0)), null);
    }

    @Override
    public Cost cost(Attributes attributes, List<Type> inputs, List<Type> outputs) {
        return new Cost(0, Cost.traffic(inputs.subList(0, 1)) + Cost.traffic(outputs));
    }

    @Override
    public void reference(ReferenceArguments run) {
        double[] x = run.reals(0);
        double[] y = run.outReals(0);
        int[] source = Broadcast.indices(run.shape(0), run.outShape(0));
        for (int i = 0; i < y.length; i++) {
            y[i] = x[source[i]];
        }
    }
}
