package dev.transom.graph.internal.ops;

import dev.transom.graph.AttentionMask;
import dev.transom.graph.Attributes;
import dev.transom.graph.Cost;
import dev.transom.graph.Operation;
import dev.transom.graph.ReferenceArguments;
import dev.transom.graph.Rules;
import dev.transom.graph.Type;
import java.util.List;

/**
 * Gradients (dq, dk, dv) of attention; inputs of attention, then {@code dy [tokens, heads, valueDim]}. With probabilities p
 * recomputed for one query at a time: dp(j) = dy·v(j), ds(j) = p(j)·(dp(j) − Σ p·dp), du(j) = ds(j)·cap'(u(j));
 * dq += scale·du(j)·k(j), dk(j) += scale·du(j)·q, dv(j) += p(j)·dy.
 * R1 … R7 as attention. R8 dy is F32 and has the shape of attention's output.
 * Dao et al. 2022, "FlashAttention", appendix B.2.
 */
final class AttentionBackward implements Operation {

    @Override
    public String name() {
        return "attention_backward";
    }

    @Override
    public List<Type> types(Attributes attributes, List<Type> inputs) {
        Rules.inputs(7, inputs);
        Type.TensorType y = Attention.output(attributes, inputs); // R1 … R7
        Type.TensorType dy = Rules.real(inputs, 6, "dy");
        LastAxis.gradientOf("the output", y, dy); // R8
        return inputs.subList(0, 3);
    }

    /** Scores again, and two products for each of the forward pass. */
    @Override
    public Cost cost(Attributes attributes, List<Type> inputs, List<Type> outputs) {
        return Cost.ofProducts(2.5 * Attention.products(inputs), 8 * Attention.scores(inputs),
            Cost.traffic(inputs) + Cost.traffic(outputs));
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
        var scores = new AttentionScores(AttentionMask.of(run.attributes()), run.reals(5)[h]);
        int n = keyTo - keyFrom;
        int[] keyAt = Attention.keyAt(heads, h, keyFrom, n);
        double[] p = new double[n];
        double[] dp = new double[n];
        for (int t = from; t < to; t++) {
            int qAt = (t * heads.heads() + h) * heads.dim();
            int yAt = (t * heads.heads() + h) * heads.valueDim();
            scores.probabilities(t - from + n - (to - from), run.reals(0), qAt, heads.dim(), run.reals(1), keyAt, n, p);
            double mean = values(run, heads, yAt, keyAt, p, dp);
            for (int j = 0; j < n; j++) {
                keys(run, heads, scores, qAt, keyAt[j], p[j] * (dp[j] - mean));
            }
        }
    }

    /** Adds to dv, fills dp and gives Σ p·dp. */
    private static double values(ReferenceArguments run, Heads heads, int yAt, int[] keyAt, double[] p, double[] dp) {
        double[] v = run.reals(2);
        double[] dy = run.reals(6);
        double[] dv = run.outReals(2);
        double mean = 0;
        for (int j = 0; j < p.length; j++) {
            int vAt = keyAt[j] / heads.dim() * heads.valueDim();
            dp[j] = AttentionScores.dot(dy, yAt, v, vAt, heads.valueDim());
            mean += p[j] * dp[j];
            for (int d = 0; d < heads.valueDim(); d++) {
                dv[vAt + d] += p[j] * dy[yAt + d];
            }
        }
        return mean;
    }

    /** Adds to dq and dk what the gradient {@code ds} of one score gives. */
    private static void keys(ReferenceArguments run, Heads heads, AttentionScores scores, int qAt, int kAt, double ds) {
        double[] q = run.reals(0);
        double[] k = run.reals(1);
        double[] dq = run.outReals(0);
        double[] dk = run.outReals(1);
        double scale = scores.mask().scale();
        double du = ds * scores.capDerivative(scale * AttentionScores.dot(q, qAt, k, kAt, heads.dim()));
        for (int d = 0; d < heads.dim(); d++) {
            dq[qAt + d] += scale * du * k[kAt + d];
            dk[kAt + d] += scale * du * q[qAt + d];
        }
    }
}
