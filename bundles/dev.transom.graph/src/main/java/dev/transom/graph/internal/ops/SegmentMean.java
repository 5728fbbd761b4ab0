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
 * Mean over each segment of {@code x [tokens, dim]}: {@code [rows, dim]}; {@code offsets [rows + 1]}; an empty row gives zeros.
 * R1 x is F32 [tokens, dim]. R2 offsets is I32 [rows + 1].
 * Reimers and Gurevych 2019, "Sentence-BERT", mean pooling, on ragged rows.
 */
final class SegmentMean implements Operation {

    @Override
    public String name() {
        return "segment_mean";
    }

    @Override
    public List<Type> types(Attributes attributes, List<Type> inputs) {
        Rules.inputs(2, inputs);
        return List.of(SegmentSum.output(inputs)); // R1, R2
    }

    @Override
    public List<Value> gradient(GradientContext context) {
        return Arrays.asList(context.builder().op("segment_mean_backward", Attributes.NONE,
            context.dy(), context.input(1), context.input(0)), null);
    }

    @Override
    public Cost cost(Attributes attributes, List<Type> inputs, List<Type> outputs) {
        return Cost.elementwise(1, inputs, inputs.subList(0, 1));
    }

    @Override
    public void reference(ReferenceArguments run) {
        int[] offsets = Segments.checked(name(), run.ints(1), run.shape(0)[0]);
        double[] y = run.outReals(0);
        int dim = run.shape(0)[1];
        SegmentSum.add(run.reals(0), offsets, dim, y);
        for (int r = 0; r + 1 < offsets.length; r++) {
            for (int d = 0; d < dim; d++) {
                y[r * dim + d] /= Math.max(1, offsets[r + 1] - offsets[r]);
            }
        }
    }
}
