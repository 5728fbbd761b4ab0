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
 * y = min(max(x, min), max), element by element. dx = dy where min ≤ x ≤ max, else 0.
 * R1 x is F32. R2 min and max are given, min not above max.
 * StableHLO clamp, ONNX Clip.
 */
final class Clamp implements Operation {

    @Override
    public String name() {
        return "clamp";
    }

    @Override
    public List<Type> types(Attributes attributes, List<Type> inputs) {
        Rules.inputs(1, inputs);
        Type.TensorType x = Rules.real(inputs, 0, "x"); // R1
        double min = attributes.real("min");
        double max = attributes.real("max");
        Rules.require(min <= max, "min must not be above max", min + " and " + max); // R2
        return List.of(x);
    }

    @Override
    public List<Value> gradient(GradientContext context) {
        return List.of(context.builder().op("clamp_backward", context.attributes(), context.input(0), context.dy()));
    }

    @Override
    public Cost cost(Attributes attributes, List<Type> inputs, List<Type> outputs) {
        return Cost.elementwise(2, inputs, outputs);
    }

    @Override
    public void reference(ReferenceArguments run) {
        double min = run.attributes().real("min");
        double max = run.attributes().real("max");
        double[] x = run.reals(0);
        double[] y = run.outReals(0);
        for (int i = 0; i < y.length; i++) {
            y[i] = Math.min(Math.max(x[i], min), max);
        }
    }

    /** dx of clamp: dy where min ≤ x ≤ max, else 0. R1 x and dy are F32. R2 they have one shape. */
    static final class Backward implements Operation {

        @Override
        public String name() {
            return "clamp_backward";
        }

        @Override
        public List<Type> types(Attributes attributes, List<Type> inputs) {
            Rules.inputs(2, inputs);
            Type.TensorType x = Rules.real(inputs, 0, "x"); // R1
            LastAxis.gradientOf("x", x, Rules.real(inputs, 1, "dy")); // R2
            return List.of(x);
        }

        @Override
        public Cost cost(Attributes attributes, List<Type> inputs, List<Type> outputs) {
            return Cost.elementwise(2, inputs, outputs);
        }

        @Override
        public void reference(ReferenceArguments run) {
            double min = run.attributes().real("min");
            double max = run.attributes().real("max");
            double[] x = run.reals(0);
            double[] dy = run.reals(1);
            double[] dx = run.outReals(0);
            for (int i = 0; i < dx.length; i++) {
                dx[i] = x[i] >= min && x[i] <= max ? dy[i] : 0;
            }
        }
    }
}
