package dev.transom.graph.internal.ops;

import dev.transom.graph.Attributes;
import dev.transom.graph.Cost;
import dev.transom.graph.Operation;
import dev.transom.graph.ReferenceArguments;
import dev.transom.graph.Rules;
import dev.transom.graph.Type;
import java.util.List;

/**
 * Gradients (dx, dw, db) of layer_norm. With z = (x − mean)/s, s = sqrt(var + eps) and g = dy·w:
 * dx = (g − mean(g) − z·mean(g·z)) / s, dw = Σ dy·z, db = Σ dy, sums over all rows; {@code x […, n]}, {@code w [n]},
 * {@code dy […, n]}.
 * R1 x, w and dy are F32. R2 w is [last axis of x]. R3 dy has the shape of x.
 * Ba, Kiros and Hinton 2016, "Layer Normalization", differentiated.
 */
final class LayerNormBackward implements Operation {

    @Override
    public String name() {
        return "layer_norm_backward";
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
        return List.of(x, w, w);
    }

    @Override
    public Cost cost(Attributes attributes, List<Type> inputs, List<Type> outputs) {
        return Cost.elementwise(16, inputs, outputs);
    }

    @Override
    public void reference(ReferenceArguments run) {
        double[] x = run.reals(0);
        double[] w = run.reals(1);
        double[] dy = run.reals(2);
        double[] dx = run.outReals(0);
        double[] dw = run.outReals(1);
        double[] db = run.outReals(2);
        double eps = run.attributes().real("eps");
        int n = w.length;
        for (int row = 0; row < x.length; row += n) {
            LayerNorm.Moments moments = LayerNorm.Moments.of(x, row, n);
            double inverse = 1 / Math.sqrt(moments.variance() + eps);
            double sum = 0;
            double sumZ = 0;
            for (int i = 0; i < n; i++) {
                double z = (x[row + i] - moments.mean()) * inverse;
                sum += dy[row + i] * w[i];
                sumZ += dy[row + i] * w[i] * z;
                dw[i] += dy[row + i] * z;
                db[i] += dy[row + i];
            }
            for (int i = 0; i < n; i++) {
                double z = (x[row + i] - moments.mean()) * inverse;
                dx[row + i] = (dy[row + i] * w[i] - sum / n - z * sumZ / n) * inverse;
            }
        }
    }
}
