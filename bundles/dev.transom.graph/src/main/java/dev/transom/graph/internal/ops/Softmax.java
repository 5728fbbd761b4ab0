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
 * y = exp(x − max) / Σ exp(x − max) over the last axis; {@code x […, n]}.
 * R1 x is F32 and has a last axis.
 * Bridle 1990, "Probabilistic interpretation of feedforward classification network outputs".
 */
final class Softmax implements Operation {

    @Override
    public String name() {
        return "softmax";
    }

    @Override
    public List<Type> types(Attributes attributes, List<Type> inputs) {
        Rules.inputs(1, inputs);
        Type.TensorType x = Rules.real(inputs, 0, "x"); // R1
        LastAxis.of(x, "x");
        return List.of(x);
    }

    /** dx = y·(dy − Σ y·dy). */
    @Override
    public List<Value> gradient(GradientContext context) {
        var g = context.builder();
        Value y = context.output(0);
        return List.of(g.mul(y, g.sub(context.dy(), g.sumLast(g.mul(y, context.dy())))));
    }

    @Override
    public Cost cost(Attributes attributes, List<Type> inputs, List<Type> outputs) {
        return Cost.elementwise(4, inputs, outputs);
    }

    @Override
    public void reference(ReferenceArguments run) {
        double[] x = run.reals(0);
        double[] y = run.outReals(0);
        int n = LastAxis.size(run, 0);
        for (int row = 0; row < x.length; row += n) {
            double max = Double.NEGATIVE_INFINITY;
            for (int i = 0; i < n; i++) {
                max = Math.max(max, x[row + i]);
            }
            double sum = 0;
            for (int i = 0; i < n; i++) {
                y[row + i] = Math.exp(x[row + i] - max);
                sum += y[row + i];
            }
            for (int i = 0; i < n; i++) {
                y[row + i] /= sum;
            }
        }
    }
}
