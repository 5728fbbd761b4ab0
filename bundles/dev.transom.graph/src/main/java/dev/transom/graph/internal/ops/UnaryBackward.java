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
 * dx = f'(x) · dy element by element, one pass where a composition would take four to nine. It has no gradient itself.
 * R1 x and dy are F32. R2 x and dy have one shape.
 */
abstract class UnaryBackward implements Operation {

    private final String name;
    private final double flops;

    UnaryBackward(String function, double flops) {
        this.name = function + "_backward";
        this.flops = flops;
    }

    abstract double derivative(double x);

    /** The gradient rule of the function whose derivative {@code name} is. */
    static List<Value> of(String function, GradientContext context) {
        return List.of(context.builder().op(function + "_backward", Attributes.NONE, context.input(0), context.dy()));
    }

    @Override
    public final String name() {
        return name;
    }

    @Override
    public final List<Type> types(Attributes attributes, List<Type> inputs) {
        Rules.inputs(2, inputs);
        Type.TensorType x = Rules.real(inputs, 0, "x"); // R1
        Type.TensorType dy = Rules.real(inputs, 1, "dy"); // R1
        Rules.require(x.equals(dy), "dy must have x's shape", Rules.parties("x", x, "dy", dy)); // R2
        return List.of(x);
    }

    @Override
    public final Cost cost(Attributes attributes, List<Type> inputs, List<Type> outputs) {
        return Cost.elementwise(flops, inputs, outputs);
    }

    @Override
    public final void reference(ReferenceArguments run) {
        double[] x = run.reals(0);
        double[] dy = run.reals(1);
        double[] dx = run.outReals(0);
        for (int i = 0; i < dx.length; i++) {
            dx[i] = derivative(x[i]) * dy[i];
        }
    }
}
