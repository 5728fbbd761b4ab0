package dev.transom.graph.internal.ops;

import dev.transom.graph.Attributes;
import dev.transom.graph.Cost;
import dev.transom.graph.Operation;
import dev.transom.graph.ReferenceArguments;
import dev.transom.graph.Rules;
import dev.transom.graph.Type;
import java.util.List;

/**
 * y = f(a, b) element by element, y of a's shape.
 * R1 a and b are F32. R2 each axis of b, counted from the last, is 1 or that of a.
 */
abstract class Binary implements Operation {

    private final String name;

    Binary(String name) {
        this.name = name;
    }

    abstract double of(double a, double b);

    @Override
    public final String name() {
        return name;
    }

    @Override
    public final List<Type> types(Attributes attributes, List<Type> inputs) {
        Rules.inputs(2, inputs);
        Type.TensorType a = Rules.real(inputs, 0, "a"); // R1
        Type.TensorType b = Rules.real(inputs, 1, "b"); // R1
        Broadcast.check(b, "b", a, "a"); // R2
        return List.of(a);
    }

    @Override
    public final Cost cost(Attributes attributes, List<Type> inputs, List<Type> outputs) {
        return Cost.elementwise(1, inputs, outputs);
    }

    @Override
    public final void reference(ReferenceArguments run) {
        double[] a = run.reals(0);
        double[] b = run.reals(1);
        double[] y = run.outReals(0);
        int[] indexOfB = Broadcast.indices(run.shape(1), run.shape(0));
        for (int i = 0; i < y.length; i++) {
            y[i] = of(a[i], b[indexOfB[i]]);
        }
    }
}
