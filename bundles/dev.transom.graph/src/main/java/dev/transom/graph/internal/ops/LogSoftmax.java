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
 * y = x − max − log Σ exp(x − max) over the last axis; {@code x […, n]}.
 * R1 x is F32 and has a last axis.
 * As in PyTorch's log_softmax: never the logarithm of a rounded probability.
 */
final class LogSoftmax implements Operation {

    @Override
    public String name() {
        return "log_softmax";
    }

    @Override
    public List<Type> types(Attributes attributes, List<Type> inputs) {
        Rules.inputs(1, inputs);
        Type.TensorType x = Rules.real(inputs, 0, "x"); // R1
        LastAxis.of(x, "x");
        return List.of(x);
    }

    /** dx = dy − exp(y)·Σ dy. */
    @Override
    public List<Value> gradient(GradientContext context) {
        var g = context.builder();
        Value probabilities = g.unary("exp", context.output(0));
        return List.of(g.sub(context.dy(), g.mul(probabilities, g.sumLast(context.dy()))));
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
            double normalizer = LogSumExp.of(x, row, n);
            for (int i = 0; i < n; i++) {
                y[row + i] = x[row + i] - normalizer;
            }
        }
    }
}
