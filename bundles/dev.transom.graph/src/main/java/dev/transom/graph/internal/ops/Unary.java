package dev.transom.graph.internal.ops;

import dev.transom.graph.Attributes;
import dev.transom.graph.Cost;
import dev.transom.graph.Operation;
import dev.transom.graph.ReferenceArguments;
import dev.transom.graph.Rules;
import dev.transom.graph.Type;
import java.util.List;

/**
 * y = f(x) element by element, y of x's shape.
 * R1 x is F32.
 */
abstract class Unary implements Operation {

    private final String name;
    private final double flops;

    /** A function that counts {@code flops} floating-point operations an element; a transcendental counts four. */
    Unary(String name, double flops) {
        this.name = name;
        this.flops = flops;
    }

    abstract double of(double x);

    @Override
    public final String name() {
        return name;
    }

    @Override
    public final List<Type> types(Attributes attributes, List<Type> inputs) {
        Rules.inputs(1, inputs);
        return List.of(Rules.real(inputs, 0, "x")); // R1
    }

    @Override
    public final Cost cost(Attributes attributes, List<Type> inputs, List<Type> outputs) {
        return Cost.elementwise(flops, inputs, outputs);
    }

    @Override
    public final void reference(ReferenceArguments run) {
        double[] x = run.reals(0);
        double[] y = run.outReals(0);
        for (int i = 0; i < y.length; i++) {
            y[i] = of(x[i]);
        }
    }
}
