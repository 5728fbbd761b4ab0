package dev.transom.graph.internal.ops;

import dev.transom.graph.Attributes;
import dev.transom.graph.Cost;
import dev.transom.graph.Operation;
import dev.transom.graph.ReferenceArguments;
import dev.transom.graph.Rules;
import dev.transom.graph.Type;
import java.util.List;

/**
 * Gradients (dx, dw) of rms_norm. With z = x/s, s = sqrt(mean(x²) + eps) and g = dy·w: dx = (g − z·mean(g·z)) / s,
 * dw = Σ dy·z, summed over all rows; {@code x […, n]}, {@code w [n]}, {@code dy […, n]}.
 * R1 x, w and dy are F32. R2 w is [last axis of x]. R3 dy has the shape of x.
 * Zhang and Sennrich 2019, "Root Mean Square Layer Normalization", differentiated.
 */
final class RmsNormBackward implements Operation {

    @Override
    public String name() {
        return "rms_norm_backward";
    }

    @Override
    public List<Type> types(Attributes attributes, List<Type> inputs) {
        Rules.inputs(3, inputs);
        Type.TensorType x = Rules.real(inputs, 0, "x"); // R1
        Type.TensorType w = Rules.real(inputs, 1, "w");
        Type.TensorType dy = Rules.real(inputs, 2, "dy");
        attributes.real("eps");
        Rules.rank(w, 1, "w"); // R2
        Rules.require(LastAxis.of(x, "x").equals(w.shape().last()),
            "w must be [last axis of x]", Rules.parties("x", x, "w", w));
        LastAxis.gradientOf("x", x, dy); // R3
        return List.of(x, w);
    }

    @Override
    public Cost cost(Attributes attributes, List<Type> inputs, List<Type> outputs) {
        return Cost.elementwise(11, inputs, outputs);
    }

    @Override
    public void reference(ReferenceArguments run) {
        double[] x = run.reals(0);
        double[] w = run.reals(1);
        double[] dy = run.reals(2);
        double[] dx = run.outReals(0);
        double[] dw = run.outReals(1);
        double eps = run.attributes().real("eps");
        int n = w.length;
        for (int row = 0; row < x.length; row += n) {
            double squares = 0;
            for (int i = 0; i < n; i++) {
                squares += x[row + i] * x[row + i];
            }
            double inverse = 1 / Math.sqrt(squares / n + eps);
            double sumZ = 0;
            for (int i = 0; i < n; i++) {
                double z = x[row + i] * inverse;
                sumZ += dy[row + i] * w[i] * z;
                dw[i] += dy[row + i] * z;
            }
            for (int i = 0; i < n; i++) {
                dx[row + i] = (dy[row + i] * w[i] - x[row + i] * inverse * sumZ / n) * inverse;
            }
        }
    }
}
