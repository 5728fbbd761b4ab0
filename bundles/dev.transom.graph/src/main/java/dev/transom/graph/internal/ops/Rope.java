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
import java.util.Arrays;
import java.util.List;

/**
 * Rotates pairs of the first 2·half elements of each head: (a, b) becomes (a·cos − b·sin, b·cos + a·sin); with inverse
 * (a·cos + b·sin, b·cos − a·sin); the remaining elements pass. {@code x [tokens, heads, dim]}, {@code table [tokens, 2, half]}
 * of rope_table. Layout halves pairs i with i + half, interleaved pairs 2i with 2i + 1.
 * R1 x and table are F32. R2 table is [tokens of x, 2, half]. R3 2·half ≤ dim. R4 layout is halves or interleaved.
 * Su et al. 2021, "RoFormer", equation 34.
 */
final class Rope implements Operation {

    @Override
    public String name() {
        return "rope";
    }

    @Override
    public List<Type> types(Attributes attributes, List<Type> inputs) {
        Rules.inputs(2, inputs);
        Type.TensorType x = Rules.real(inputs, 0, "x"); // R1
        Type.TensorType table = Rules.real(inputs, 1, "table");
        Rules.rank(x, 3, "x");
        Rules.rank(table, 3, "table");
        Rules.require(table.shape().dim(0).equals(x.shape().dim(0)) && table.shape().dim(1).equals(Dim.of(2)),
            "table must be [tokens of x, 2, half]", Rules.parties("x", x, "table", table)); // R2
        Rules.require(2 * table.shape().last().max() <= x.shape().last().max(),
            "twice half of the table must not exceed the last axis of x", Rules.parties("x", x, "table", table)); // R3
        PairLayout.of(attributes); // R4
        return List.of(x);
    }

    /** The transpose of a rotation turns back (the table's scale stays a factor). */
    @Override
    public List<Value> gradient(GradientContext context) {
        Attributes back = context.attributes().with("inverse", !context.attributes().flag("inverse"));
        return Arrays.asList(context.builder().op("rope", back, context.dy(), context.input(1)), null);
    }

    @Override
    public Cost cost(Attributes attributes, List<Type> inputs, List<Type> outputs) {
        return Cost.elementwise(3, inputs, outputs);
    }

    @Override
    public void reference(ReferenceArguments run) {
        double[] x = run.reals(0);
        double[] table = run.reals(1);
        double[] y = run.outReals(0);
        int heads = run.shape(0)[1];
        int dim = run.shape(0)[2];
        int half = run.shape(1)[2];
        PairLayout layout = PairLayout.of(run.attributes());
        double direction = run.attributes().flag("inverse") ? -1 : 1;
        System.arraycopy(x, 0, y, 0, x.length);
        for (int vector = 0; vector < run.shape(0)[0] * heads; vector++) {
            int angles = vector / heads * 2 * half;
            for (int i = 0; i < half; i++) {
                int a = vector * dim + layout.first(i);
                int b = vector * dim + layout.second(i, half);
                double cos = table[angles + i];
                double sin = table[angles + half + i] * direction;
                y[a] = x[a] * cos - x[b] * sin;
                y[b] = x[b] * cos + x[a] * sin;
            }
        }
    }
}
