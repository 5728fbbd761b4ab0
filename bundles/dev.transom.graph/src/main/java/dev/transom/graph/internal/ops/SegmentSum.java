package dev.transom.graph.internal.ops;

import dev.transom.graph.Attributes;
import dev.transom.graph.Cost;
import dev.transom.graph.GradientContext;
import dev.transom.graph.Operation;
import dev.transom.graph.ReferenceArguments;
import dev.transom.graph.Rules;
import dev.transom.graph.Type;
import dev.transom.graph.Value;
import java.util.Arrays;
import java.util.List;

/**
 * Sum over each segment of {@code x [tokens, dim]}: {@code [rows, dim]}; {@code offsets [rows + 1]}.
 * R1 x is F32 [tokens, dim]. R2 offsets is I32 [rows + 1].
 * As segment_sum of JAX and TensorFlow, with offsets for ids.
 */
final class SegmentSum implements Operation {

    @Override
    public String name() {
        return "segment_sum";
    }

    @Override
    public List<Type> types(Attributes attributes, List<Type> inputs) {
        Rules.inputs(2, inputs);
        return List.of(output(inputs));
    }

    static Type.TensorType output(List<Type> inputs) {
        Type.TensorType x = Rules.real(inputs, 0, "x"); // R1
        Type.TensorType offsets = Rules.ints(inputs, 1, "offsets"); // R2
        Rules.rank(x, 2, "x");
        return Type.f32(Segments.rows(offsets, "offsets"), x.shape().dim(1));
    }

    @Override
    public List<Value> gradient(GradientContext context) {
        return Arrays.asList(context.builder().segmentSpread(context.dy(), context.input(1), context.input(0)), null);
    }

    @Override
    public Cost cost(Attributes attributes, List<Type> inputs, List<Type> outputs) {
        return Cost.elementwise(1, inputs, inputs.subList(0, 1));
    }

    @Override
    public void reference(ReferenceArguments run) {
        add(run.reals(0), Segments.checked(name(), run.ints(1), run.shape(0)[0]), run.shape(0)[1], run.outReals(0));
    }

    /** Adds each token to its row of {@code y}. */
    static void add(double[] x, int[] offsets, int dim, double[] y) {
        for (int r = 0; r + 1 < offsets.length; r++) {
            for (int t = offsets[r]; t < offsets[r + 1]; t++) {
                for (int d = 0; d < dim; d++) {
                    y[r * dim + d] += x[t * dim + d];
                }
            }
        }
    }
}
