package dev.transom.graph.internal.ops;

import dev.transom.graph.Attributes;
import dev.transom.graph.Cost;
import dev.transom.graph.Operation;
import dev.transom.graph.ReferenceArguments;
import dev.transom.graph.Type;
import java.util.List;

/**
 * Gradient of segment_mean: row r of {@code dy [rows, dim]} over the length of segment r, for each of its tokens:
 * {@code [tokens, dim]}; {@code offsets [rows + 1]}, {@code like [tokens, dim]}; zeros for tokens of no row.
 * R1 … R4 as segment_spread.
 * The mean, differentiated.
 */
final class SegmentMeanBackward implements Operation {

    @Override
    public String name() {
        return "segment_mean_backward";
    }

    @Override
    public List<Type> types(Attributes attributes, List<Type> inputs) {
        return List.of(SegmentSpread.output(inputs));
    }

    @Override
    public Cost cost(Attributes attributes, List<Type> inputs, List<Type> outputs) {
        return Cost.elementwise(1, inputs.subList(0, 2), outputs);
    }

    @Override
    public void reference(ReferenceArguments run) {
        double[] dy = run.reals(0);
        double[] dx = run.outReals(0);
        int dim = run.shape(0)[1];
        int[] offsets = Segments.checked(name(), run.ints(1), run.outShape(0)[0]);
        for (int r = 0; r + 1 < offsets.length; r++) {
            for (int t = offsets[r]; t < offsets[r + 1]; t++) {
                for (int d = 0; d < dim; d++) {
                    dx[t * dim + d] = dy[r * dim + d] / (offsets[r + 1] - offsets[r]);
                }
            }
        }
    }
}
