package dev.transom.graph.internal.ops;

import dev.transom.graph.Attributes;
import dev.transom.graph.Cost;
import dev.transom.graph.GradientContext;
import dev.transom.graph.Operation;
import dev.transom.graph.ReferenceArguments;
import dev.transom.graph.Rules;
import dev.transom.graph.Type;
import dev.transom.graph.Value;
import java.util.List;

/**
 * y [] = Σ x / elements of x: the mean of all elements; of none 0/0 = NaN, as in PyTorch.
 * R1 x is F32.
 * ONNX ReduceMean over all axes, keepdims 0.
 */
final class MeanAll implements Operation {

    @Override
    public String name() {
        return "mean_all";
    }

    @Override
    public List<Type> types(Attributes attributes, List<Type> inputs) {
        Rules.inputs(1, inputs);
        Rules.real(inputs, 0, "x"); // R1
        return List.of(Type.f32());
    }

    @Override
    public List<Value> gradient(GradientContext context) {
        return List.of(context.builder().op("mean_all_backward", Attributes.NONE, context.input(0), context.dy()));
    }

    @Override
    public Cost cost(Attributes attributes, List<Type> inputs, List<Type> outputs) {
        double elements = ((Type.TensorType) inputs.getFirst()).shape().maxElements();
        return new Cost(elements, Cost.traffic(inputs) + Cost.traffic(outputs));
    }

    @Override
    public void reference(ReferenceArguments run) {
        double sum = 0;
        for (double element : run.reals(0)) {
            sum += element;
        }
        run.outReals(0)[0] = sum / run.reals(0).length;
    }
}
