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
 * y = (x − mean) / sqrt(var + eps) · w + b over the last axis, var the biased variance; {@code x […, n]}, {@code w [n]},
 * {@code b [n]}.
 * R1 x, w and b are F32. R2 w and b are [last axis of x].
 * Ba, Kiros and Hinton 2016, "Layer Normalization".
 */
final class LayerNorm implements Operation {

    @Override
    public String name() {
        return "layer_norm";
    }

    @Override
    public List<Type> types(Attributes attributes, List<Type> inputs) {
        Rules.inputs(3, inputs);
        Type.TensorType x = Rules.real(inputs, 0, "x"); // R1
        Type.TensorType w = Rules.real(inputs, 1, "w");
        Type.TensorType b = Rules.real(inputs, 2, "b");
        attributes.real("eps");
        Rules.rank(w, 1, "w"); // R2
        Rules.rank(b, 1, "b");
        Rules.require(LastAxis.of(x, "x").equals(w.shape().last()),
            "w must be [last axis of x]", Rules.parties("x", x, "w", w));
        Rules.require(x.shape().last().equals(b.shape().last()),
            "b must be [last axis of x]", Rules.parties("x", x, "b", b));
        return List.of(x);
    }

    @Override
    public List<Value> gradient(GradientContext context) {
        var backward = context.builder().apply("layer_norm_backward", context.attributes(),
            List.of(context.input(0), context.input(1), context.dy()));
        return List.of(backward.output(0), backward.output(1), backward.output(2));
    }

    @Override
    public Cost cost(Attributes attributes, List<Type> inputs, List<Type> outputs) {
        return Cost.elementwise(8, inputs, outputs);
    }

    @Override
    public void reference(ReferenceArguments run) {
        double[] x = run.reals(0);
        double[] w = run.reals(1);
        double[] b = run.reals(2);
        double[] y = run.outReals(0);
        double eps = run.attributes().real("eps");
        int n = w.length;
        for (int row = 0; row < x.length; row += n) {
            Moments moments = Moments.of(x, row, n);
            double inverse = 1 / Math.sqrt(moments.variance() + eps);
            for (int i = 0; i < n; i++) {
                y[row + i] = (x[row + i] - moments.mean()) * inverse * w[i] + b[i];
            }
        }
    }

    /** Mean and biased variance of one row, in two passes: the one-pass formula cancels where the mean is large. */
    record Moments(double mean, double variance) {

        static Moments of(double[] x, int at, int n) {
            double sum = 0;
            for (int i = 0; i < n; i++) {
                sum += x[at + i];
            }
            double mean = sum / n;
            double squares = 0;
            for (int i = 0; i < n; i++) {
                squares += (x[at + i] - mean) * (x[at + i] - mean);
            }
            return new Moments(mean, squares / n);
        }
    }
}
