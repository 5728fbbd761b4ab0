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
 * y = zeros of like's shape, and y[ids[i…], :] += updates[i…, :] in the order of i; an id below zero is passed over.
 * {@code updates [ids…, …]}, {@code ids […]}, {@code like [rows, …]}, of which only the shape is read.
 * R1 updates and like are F32. R2 ids are I32. R3 updates have the shape [ids…, like without its first axis].
 * At run time every id is below rows. PyTorch index_add. dupdates gathers dy.
 */
final class ScatterAdd implements Operation {

    @Override
    public String name() {
        return "scatter_add";
    }

    @Override
    public List<Type> types(Attributes attributes, List<Type> inputs) {
        Rules.inputs(3, inputs);
        Type.TensorType updates = Rules.real(inputs, 0, "updates"); // R1
        Type.TensorType ids = Rules.ints(inputs, 1, "ids"); // R2
        Type.TensorType like = Rules.real(inputs, 2, "like"); // R1
        Rules.require(like.shape().rank() >= 1
            && updates.shape().equals(ids.shape().then(like.shape().sub(1, like.shape().rank()))), // R3
            "updates must be [ids…, like without its first axis]",
            Rules.parties("updates", updates, "ids", ids) + ", like " + like);
        return List.of(like);
    }

    @Override
    public List<Value> gradient(GradientContext context) {
        return Arrays.asList(context.builder().gather(context.dy(), context.input(1)), null, null);
    }

    @Override
    public Cost cost(Attributes attributes, List<Type> inputs, List<Type> outputs) {
        double elements = ((Type.TensorType) inputs.getFirst()).shape().maxElements();
        return new Cost(elements, Cost.traffic(inputs.subList(0, 2)) + Cost.traffic(outputs));
    }

    @Override
    public void reference(ReferenceArguments run) {
        double[] updates = run.reals(0);
        int[] ids = run.ints(1);
        double[] y = run.outReals(0);
        int rows = run.outShape(0)[0];
        int width = Axes.inner(run.outShape(0), 0);
        for (int i = 0; i < ids.length; i++) {
            if (Gather.inRange("scatter_add", ids[i], rows)) {
                for (int j = 0; j < width; j++) {
                    y[ids[i] * width + j] += updates[i * width + j];
                }
            }
        }
    }
}
