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
 * Row r of {@code x [rows, dim]} for each token of segment r: {@code [tokens, dim]}; {@code offsets [rows + 1]}; the first axis
 * of {@code like} is the tokens; zeros for tokens of no row.
 * R1 x is F32 [rows, dim]. R2 offsets is I32 [rows + 1] with the rows of x. R3 like has a first axis.
 * The transpose of segment_sum.
 */
final class SegmentSpread implements Operation {

    @Override
    public String name() {
        return "segment_spread";
    }

    @Override
    public List<Type> types(Attributes attributes, List<Type> inputs) {
        return List.of(output(inputs));
    }

    static Type.TensorType output(List<Type> inputs) {
        Rules.inputs(3, inputs);
        Type.TensorType x = Rules.real(inputs, 0, "x"); // R1
        Type.TensorType offsets = Rules.ints(inputs, 1, "offsets"); // R2
        Rules.rank(x, 2, "x");
        Rules.require(x.shape().dim(0).equals(Segments.rows(offsets, "offsets")),
            "x must be [rows, dim] for offsets [rows + 1]", Rules.parties("x", x, "offsets", offsets));
        Rules.require(inputs.get(2) instanceof Type.TensorType like && like.shape().rank() > 0,
            "like must be a tensor with a first axis", inputs.get(2)); // R3
        return Type.f32(((Type.TensorType) inputs.get(2)).shape().dim(0), x.shape().dim(1));
    }

    @Override
    public List<Value> gradient(GradientContext context) {
        return Arrays.asList(context.builder().op("segment_sum", Attributes.NONE, context.dy(), context.input(1)),
            null, null);
    }

    @Override
    public Cost cost(Attributes attributes, List<Type> inputs, List<Type> outputs) {
        return Cost.elementwise(0, inputs.subList(0, 2), outputs);
    }

    @Override
    public void reference(ReferenceArguments run) {
        double[] y = run.outReals(0);
        int dim = run.shape(0)[1];
        int[] offsets = Segments.checked(name(), run.ints(1), run.outShape(0)[0]);
        for (int r = 0; r + 1 < offsets.length; r++) {
            for (int t = offsets[r]; t < offsets[r + 1]; t++) {
                System.arraycopy(run.reals(0), r * dim, y, t * dim, dim);
            }
        }
    }
}
