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
 * y = scale · x + shift, element by element. dx = scale · dy.
 * R1 x is F32. R2 scale and shift are given.
 * candle's {@code Tensor::affine}.
 */
final class Affine implements Operation {

    @Override
    public String name() {
        return "affine";
    }

    @Override
    public List<Type> types(Attributes attributes, List<Type> inputs) {
        Rules.inputs(1, inputs);
        Type.TensorType x = Rules.real(inputs, 0, "x"); // R1
        attributes.real("scale"); // R2
        attributes.real("shift"); // R2
        return List.of(x);
    }

    @Override
    public List<Value> gradient(GradientContext context) {
        return List.of(context.builder().scale(context.dy(), context.attributes().real("scale")));
    }

    @Override
    public Cost cost(Attributes attributes, List<Type> inputs, List<Type> outputs) {
        return Cost.elementwise(2, inputs, outputs);
    }

    @Override
    public void reference(ReferenceArguments run) {
        double scale = run.attributes().real("scale");
        double shift = run.attributes().real("shift");
        double[] x = run.reals(0);
        double[] y = run.outReals(0);
        for (int i = 0; i < y.length; i++) {
            y[i] = scale * x[i] + shift;
        }
    }
}
