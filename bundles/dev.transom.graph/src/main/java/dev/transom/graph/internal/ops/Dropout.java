package dev.transom.graph.internal.ops;

import dev.transom.graph.Attributes;
import dev.transom.graph.Cost;
import dev.transom.graph.CounterRandom;
import dev.transom.graph.GradientContext;
import dev.transom.graph.Operation;
import dev.transom.graph.ReferenceArguments;
import dev.transom.graph.Rules;
import dev.transom.graph.Shape;
import dev.transom.graph.Type;
import dev.transom.graph.Value;
import java.util.Arrays;
import java.util.List;

/**
 * y = x/(1 − p) where the element is kept, else 0; {@code x […]}, {@code seed [2]} = (seed, step). Element e, counted
 * row-major, is kept if {@link CounterRandom#uniform} of (seed, stream = id, step, e) is at least p.
 * R1 x is F32. R2 seed is I32[2]. R3 0 ≤ p &lt; 1. R4 id has 32 bits.
 * Srivastava et al. 2014, "Dropout", in the inverted form.
 */
final class Dropout implements Operation {

    @Override
    public String name() {
        return "dropout";
    }

    @Override
    public List<Type> types(Attributes attributes, List<Type> inputs) {
        Rules.inputs(2, inputs);
        Type.TensorType x = Rules.real(inputs, 0, "x"); // R1
        Type.TensorType seed = Rules.ints(inputs, 1, "seed");
        Rules.require(seed.shape().equals(Shape.of(2L)), "seed must be [2], (seed, step)", seed); // R2
        double p = attributes.real("p");
        Rules.require(p >= 0 && p < 1, "p must be at least 0 and below 1", p); // R3
        long id = attributes.integer("id");
        Rules.require(id == (int) id, "id must fit 32 bits", id); // R4
        return List.of(x);
    }

    /** Dropout of dy: the generator gives the same mask again, so none is kept. */
    @Override
    public List<Value> gradient(GradientContext context) {
        return Arrays.asList(context.builder().op("dropout", context.attributes(), context.dy(), context.input(1)), null);
    }

    @Override
    public Cost cost(Attributes attributes, List<Type> inputs, List<Type> outputs) {
        return Cost.elementwise(2, inputs, outputs);
    }

    @Override
    public void reference(ReferenceArguments run) {
        double[] x = run.reals(0);
        double[] y = run.outReals(0);
        double p = run.attributes().real("p");
        int stream = run.attributes().int32("id");
        int seed = run.ints(1)[0];
        int step = run.ints(1)[1];
        for (int e = 0; e < x.length; e++) {
            y[e] = CounterRandom.uniform(seed, stream, step, e) >= p ? x[e] / (1 - p) : 0;
        }
    }
}
