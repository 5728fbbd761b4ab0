package dev.transom.graph.internal.ops;

import dev.transom.graph.AttentionMask;
import dev.transom.graph.Attributes;
import dev.transom.graph.Cost;
import dev.transom.graph.Dim;
import dev.transom.graph.GradientContext;
import dev.transom.graph.Operation;
import dev.transom.graph.ReferenceArguments;
import dev.transom.graph.Rules;
import dev.transom.graph.Shape;
import dev.transom.graph.Type;
import dev.transom.graph.Value;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Softmax attention within each segment; {@code q [tokens, heads, dim]}, {@code k [keys, kvHeads, dim]},
 * {@code v [keys, kvHeads, valueDim]}, {@code offsets [rows + 1]} of queries, {@code keyOffsets [rows + 1]} of keys,
 * {@code slopes [heads]}; gives {@code [tokens, heads, valueDim]}. Query i of row r stands at key position
 * i + keys(r) − queries(r). Scores as in AttentionScores; a query that sees no key gives zeros.
 * R1 q, k, v and slopes are F32, both offsets I32. R2 q, k and v have 3 dimensions. R3 k has the dim of q. R4 v has the keys and
 * kvHeads of k. R5 heads is a multiple of kvHeads. R6 both offsets have one size. R7 slopes is [heads].
 * Vaswani et al. 2017; groups: Ainslie et al. 2023 (GQA); slopes: Press et al. 2022 (ALiBi); softcap: Gemma 2.
 */
final class Attention implements Operation {

    @Override
    public String name() {
        return "attention";
    }

    @Override
    public List<Type> types(Attributes attributes, List<Type> inputs) {
        Rules.inputs(6, inputs);
        return List.of(output(attributes, inputs));
    }

    /** The rule of the first six inputs, which attention_backward shares. */
    static Type.TensorType output(Attributes attributes, List<Type> inputs) {
        Type.TensorType q = Rules.real(inputs, 0, "q"); // R1
        Type.TensorType k = Rules.real(inputs, 1, "k");
        Type.TensorType v = Rules.real(inputs, 2, "v");
        Type.TensorType offsets = Rules.ints(inputs, 3, "offsets");
        Type.TensorType keyOffsets = Rules.ints(inputs, 4, "keyOffsets");
        Type.TensorType slopes = Rules.real(inputs, 5, "slopes");
        AttentionMask.of(attributes);
        Rules.rank(q, 3, "q"); // R2
        Rules.rank(k, 3, "k");
        Rules.rank(v, 3, "v");
        Rules.require(q.shape().dim(2).equals(k.shape().dim(2)),
            "k must have the last axis of q", Rules.parties("q", q, "k", k)); // R3
        Rules.require(v.shape().sub(0, 2).equals(k.shape().sub(0, 2)), "v must have the keys and heads of k",
            Rules.parties("k", k, "v", v)); // R4
        grouped(q.shape().dim(1), k.shape().dim(1).max()); // R5
        Rules.require(Segments.rows(offsets, "offsets").equals(Segments.rows(keyOffsets, "keyOffsets")),
            "offsets and keyOffsets must have one size", Rules.parties("offsets", offsets, "keyOffsets", keyOffsets)); // R6
        Rules.require(slopes.shape().equals(q.shape().sub(1, 2)), "slopes must be [heads of q]",
            Rules.parties("q", q, "slopes", slopes)); // R7
        return Type.f32(q.shape().with(2, v.shape().dim(2)));
    }

    static void grouped(Dim heads, long kvHeads) {
        Rules.require(kvHeads > 0 && heads.max() % kvHeads == 0, "heads of q must be a multiple of the kv heads",
            heads + " and " + kvHeads);
    }

    /** The backward pass recomputes probabilities; slopes are not learned. */
    @Override
    public List<Value> gradient(GradientContext context) {
        List<Value> inputs = new ArrayList<>(context.node().inputs());
        inputs.add(context.dy());
        var backward = context.builder().apply("attention_backward", context.attributes(), inputs);
        return Arrays.asList(backward.output(0), backward.output(1), backward.output(2), null, null, null);
    }

    /** At most: every query against every key. */
    @Override
    public Cost cost(Attributes attributes, List<Type> inputs, List<Type> outputs) {
        return Cost.ofProducts(products(inputs), 4 * scores(inputs), Cost.traffic(inputs) + Cost.traffic(outputs));
    }

    /** Multiply-adds of scores and weighted values together. */
    static double products(List<Type> inputs) {
        double dims = ((Type.TensorType) inputs.get(1)).shape().last().max()
            + ((Type.TensorType) inputs.get(2)).shape().last().max();
        return scores(inputs) * dims;
    }

    static double scores(List<Type> inputs) {
        Shape q = ((Type.TensorType) inputs.get(0)).shape();
        Shape k = ((Type.TensorType) inputs.get(1)).shape();
        return (double) q.dim(0).max() * q.dim(1).max() * k.dim(0).max();
    }

    @Override
    public void reference(ReferenceArguments run) {
        Heads heads = Heads.of(run);
        int[] offsets = Segments.checked(name(), run.ints(3), run.shape(0)[0]);
        int[] keyOffsets = Segments.checked(name(), run.ints(4), run.shape(1)[0]);
        for (int r = 0; r + 1 < offsets.length; r++) {
            for (int h = 0; h < heads.heads(); h++) {
                row(run, heads, h, offsets[r], offsets[r + 1], keyOffsets[r], keyOffsets[r + 1]);
            }
        }
    }

    private static void row(ReferenceArguments run, Heads heads, int h, int from, int to, int keyFrom, int keyTo) {
        double[] v = run.reals(2);
        double[] y = run.outReals(0);
        var scores = new AttentionScores(AttentionMask.of(run.attributes()), run.reals(5)[h]);
        int n = keyTo - keyFrom;
        int[] keyAt = keyAt(heads, h, keyFrom, n);
        double[] p = new double[n];
        for (int t = from; t < to; t++) {
            long i = t - from + n - (to - from);
            scores.probabilities(i, run.reals(0), (t * heads.heads() + h) * heads.dim(), heads.dim(), run.reals(1),
                keyAt, n, p);
            int at = (t * heads.heads() + h) * heads.valueDim();
            for (int j = 0; j < n; j++) {
                int value = keyAt[j] / heads.dim() * heads.valueDim();
                for (int d = 0; d < heads.valueDim(); d++) {
                    y[at + d] += p[j] * v[value + d];
                }
            }
        }
    }

    /** Where the {@code n} keys of a row, read by query head {@code h}, begin in k. */
    static int[] keyAt(Heads heads, int h, int keyFrom, int n) {
        int[] at = new int[n];
        for (int j = 0; j < n; j++) {
            at[j] = ((keyFrom + j) * heads.kvHeads() + h / heads.group()) * heads.dim();
        }
        return at;
    }
}
