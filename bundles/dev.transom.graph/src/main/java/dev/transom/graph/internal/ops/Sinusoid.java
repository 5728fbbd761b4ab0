package dev.transom.graph.internal.ops;

import dev.transom.graph.Attributes;
import dev.transom.graph.Cost;
import dev.transom.graph.Dim;
import dev.transom.graph.GradientContext;
import dev.transom.graph.Operation;
import dev.transom.graph.ReferenceArguments;
import dev.transom.graph.Rules;
import dev.transom.graph.Type;
import dev.transom.graph.Value;
import java.util.Collections;
import java.util.List;

/**
 * Sinusoidal embeddings {@code [tokens, dim]} of {@code positions [tokens]}: angle(t, i) = position(t) / 10000^(2i/dim) for
 * i = 0 … dim/2 − 1; layout interleaved: sine at 2i, cosine at 2i + 1; halves: sine at i, cosine at dim/2 + i.
 * R1 positions is I32 [tokens]. R2 dim is even and positive. R3 layout is interleaved or halves.
 * Vaswani et al. 2017, "Attention is all you need", section 3.5.
 */
final class Sinusoid implements Operation {

    @Override
    public String name() {
        return "sinusoid";
    }

    @Override
    public List<Type> types(Attributes attributes, List<Type> inputs) {
        Rules.inputs(1, inputs);
        Type.TensorType positions = Rules.ints(inputs, 0, "positions"); // R1
        Rules.rank(positions, 1, "positions");
        long dim = attributes.integer("dim");
        Rules.require(dim > 0 && dim % 2 == 0, "dim must be even and positive", dim); // R2
        PairLayout.of(attributes); // R3
        return List.of(Type.f32(positions.shape().dim(0), Dim.of(dim)));
    }

    @Override
    public List<Value> gradient(GradientContext context) {
        return Collections.singletonList(null);
    }

    @Override
    public Cost cost(Attributes attributes, List<Type> inputs, List<Type> outputs) {
        return Cost.elementwise(2, inputs, outputs);
    }

    @Override
    public void reference(ReferenceArguments run) {
        int[] positions = run.ints(0);
        double[] y = run.outReals(0);
        int dim = run.attributes().int32("dim");
        PairLayout layout = PairLayout.of(run.attributes());
        for (int t = 0; t < positions.length; t++) {
            for (int i = 0; i < dim / 2; i++) {
                double angle = positions[t] / Math.pow(10000, 2.0 * i / dim);
                y[t * dim + layout.first(i)] = Math.sin(angle);
                y[t * dim + layout.second(i, dim / 2)] = Math.cos(angle);
            }
        }
    }
}
