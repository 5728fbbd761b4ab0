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
 * y = x / max(‖x‖₂, eps) over the last axis; {@code x […, n]}.
 * R1 x is F32 and has a last axis.
 * As in PyTorch's functional.normalize.
 */
final class L2Normalize implements Operation {

    @Override
    public String name() {
        return "l2_normalize";
    }

    @Override
    public List<Type> types(Attributes attributes, List<Type> inputs) {
        Rules.inputs(1, inputs);
        Type.TensorType x = Rules.real(inputs, 0, "x"); // R1
        attributes.real("eps");
        LastAxis.of(x, "x");
        return List.of(x);
    }

    @Override
    public List<Value> gradient(GradientContext context) {
        return List.of(context.builder().op("l2_normalize_backward", context.attributes(), context.input(0), context.dy()));
    }

    @Override
    public Cost cost(Attributes attributes, List<Type> inputs, List<Type> outputs) {
        return Cost.elementwise(3, inputs, outputs);
    }

    @Override
    public void reference(ReferenceArguments run) {
        double[] x = run.reals(0);
        double[] y = run.outReals(0);
        double eps = run.attributes().real("eps");
        int n = LastAxis.size(run, 0);
        for (int row = 0; row < x.length; row += n) {
            double norm = Math.max(norm(x, row, n), eps);
            for (int i = 0; i < n; i++) {
                y[row + i] = x[row + i] / norm;
            }
        }
    }

    /** ‖x‖₂ of {@code n} elements from {@code at}. */
    static double norm(double[] x, int at, int n) {
        double squares = 0;
        for (int i = 0; i < n; i++) {
            squares += x[at + i] * x[at + i];
        }
        return Math.sqrt(squares);
    }
}
