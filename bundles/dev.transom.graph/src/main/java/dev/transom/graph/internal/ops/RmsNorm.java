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
 * y = x / sqrt(mean(x²) + eps) · w over the last axis; {@code x […, n]}, {@code w [n]}.
 * R1 x is F32. R2 w is [last axis of x].
 * Zhang and Sennrich 2019, "Root Mean Square Layer Normalization", equation 4.
 */
final class RmsNorm implements Operation {

    @Override
    public String name() {
        return "rms_norm";
    }

    @Override
    public List<Type> types(Attributes attributes, List<Type> inputs) {
        Rules.inputs(2, inputs);
        Type.TensorType x = Rules.real(inputs, 0, "x"); // R1
        Type.TensorType w = Rules.real(inputs, 1, "w");
        Rules.rank(w, 1, "w");
        Rules.same(x.shape().last(), w.shape().last(), "w must be [last axis of x]", x, w); // R2
        return List.of(x);
    }

    @Override
    public List<Value> gradient(GradientContext context) {
        var backward = context.builder().apply("rms_norm_backward", context.attributes(),
            List.of(context.input(0), context.input(1), context.dy()));
        return List.of(backward.output(0), backward.output(1));
    }

    @Override
    public Cost cost(Attributes attributes, List<Type> inputs, List<Type> outputs) {
        return Cost.elementwise(4, inputs, outputs);
    }

    @Override
    public void reference(ReferenceArguments run) {
        double[] x = run.reals(0);
        double[] w = run.reals(1);
        double[] y = run.outReals(0);
        double eps = run.attributes().real("eps");
        int n = w.length;
        for (int row = 0; row < x.length; row += n) {
            double squares = 0;
            for (int i = 0; i < n; i++) {
                squares += x[row + i] * x[row + i];
            }
            double inverse = 1 / Math.sqrt(squares / n + eps);
            for (int i = 0; i < n; i++) {
                y[row + i] = x[row + i] * inverse * w[i];
            }
        }
    }
}
