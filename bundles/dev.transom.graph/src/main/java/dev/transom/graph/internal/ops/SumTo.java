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
 * x summed to the shape of like, which broadcasts to x: the gradient of broadcasting. Only like's shape is read.
 * R1 x and like are F32. R2 each axis of like, counted from the last, is 1 or that of x.
 */
final class SumTo implements Operation {

    @Override
    public String name() {
        return "sum_to";
    }

    @Override
    public List<Type> types(Attributes attributes, List<Type> inputs) {
        Rules.inputs(2, inputs);
        Type.TensorType x = Rules.real(inputs, 0, "x"); // R1
        Type.TensorType like = Rules.real(inputs, 1, "like"); // R1
        Broadcast.check(like, "like", x, "x"); // R2
        return List.of(like);
    }

    @Override
    public List<Value> gradient(GradientContext context) {
        return Arrays.asList(context.builder().broadcastTo(context.dy(), context.input(0)), null);
    }

    @Override
    public Cost cost(Attributes attributes, List<Type> inputs, List<Type> outputs) {
        double elements = ((Type.TensorType) inputs.getFirst()).shape().maxElements();
        return new Cost(elements, Cost.traffic(inputs.subList(0, 1)) + Cost.traffic(outputs));
    }

    @Override
    public void reference(ReferenceArguments run) {
        double[] x = run.reals(0);
        double[] y = run.outReals(0);
        int[] target = Broadcast.indices(run.outShape(0), run.shape(0));
        for (int i = 0; i < x.length; i++) {
            y[target[i]] += x[i];
        }
    }
}
