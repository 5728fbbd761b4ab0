package dev.transom.graph.internal.ops;

import dev.transom.graph.Attributes;
import dev.transom.graph.Cost;
import dev.transom.graph.Operation;
import dev.transom.graph.ReferenceArguments;
import dev.transom.graph.Rules;
import dev.transom.graph.Type;
import java.util.List;

/**
 * Gradient of l2_normalize: dx = (dy − y·Σ y·dy) / ‖x‖₂ where ‖x‖₂ &gt; eps, with y = x/‖x‖₂; dx = dy / eps elsewhere;
 * {@code x […, n]}, {@code dy […, n]}.
 * R1 x and dy are F32; x has a last axis. R2 dy has the shape of x.
 * PyTorch's functional.normalize, differentiated.
 */
final class L2NormalizeBackward implements Operation {

    @Override
    public String name() {
        return "l2_normalize_backward";
    }

    @Override
    public List<Type> types(Attributes attributes, List<Type> inputs) {
        Rules.inputs(2, inputs);
        Type.TensorType x = Rules.real(inputs, 0, "x"); // R1
        Type.TensorType dy = Rules.real(inputs, 1, "dy");
        attributes.real("eps");
        LastAxis.of(x, "x");
        LastAxis.gradientOf("x", x, dy); // R2
        return List.of(x);
    }

    @Override
    public Cost cost(Attributes attributes, List<Type> inputs, List<Type> outputs) {
        return Cost.elementwise(7, inputs, outputs);
    }

    @Override
    public void reference(ReferenceArguments run) {
        double[] x = run.reals(0);
        double[] dy = run.reals(1);
        double[] dx = run.outReals(0);
        double eps = run.attributes().real("eps");
        int n = LastAxis.size(run, 0);
        for (int row = 0; row < x.length; row += n) {
            double norm = L2Normalize.norm(x, row, n);
            double along = 0;
            for (int i = 0; i < n; i++) {
                along += x[row + i] * dy[row + i];
            }
            for (int i = 0; i < n; i++) {
                dx[row + i] = norm > eps
                    ? (dy[row + i] - x[row + i] * along / (norm * norm)) / norm
                    : dy[row + i] / eps;
            }
        }
    }
}
