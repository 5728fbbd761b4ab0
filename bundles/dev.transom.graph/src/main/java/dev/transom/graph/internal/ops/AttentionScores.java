package dev.transom.graph.internal.ops;

import dev.transom.graph.AttentionMask;
import java.util.Arrays;

/**
 * Scores and probabilities of one query and one head, as attention, its gradient and paged attention share them:
 * score(j) = cap(scale·q·k(j)) − slope·|i − j| with cap(u) = softcap·tanh(u/softcap) if softcap &gt; 0, else u; the softmax runs
 * over the keys that the mask shows.
 *
 * @param mask  which keys are seen, scale and softcap
 * @param slope ALiBi slope of the head, 0 without
 */
record AttentionScores(AttentionMask mask, double slope) {

    /**
     * Fills {@code p[0 … n − 1]} with probabilities, zero where nothing is seen; all zeros if no key is.
     *
     * @param i    position of the query
     * @param q    queries, this one from {@code qAt}
     * @param keys keys, the one at position j from {@code keyAt[j]}
     * @param n    positions 0 … n − 1
     */
    void probabilities(long i, double[] q, int qAt, int dim, double[] keys, int[] keyAt, int n, double[] p) {
        double max = Double.NEGATIVE_INFINITY;
        for (int j = 0; j < n; j++) {
            p[j] = mask.sees(i, j)
                ? capped(mask.scale() * dot(q, qAt, keys, keyAt[j], dim)) - slope * Math.abs(i - j)
                : Double.NEGATIVE_INFINITY;
            max = Math.max(max, p[j]);
        }
        if (max == Double.NEGATIVE_INFINITY) { // no key is seen: exp(−∞ − −∞) would be NaN
            Arrays.fill(p, 0, n, 0);
            return;
        }
        double sum = 0;
        for (int j = 0; j < n; j++) {
            p[j] = mask.sees(i, j) ? Math.exp(p[j] - max) : 0;
            sum += p[j];
        }
        for (int j = 0; j < n; j++) {
            p[j] /= sum;
        }
    }

    /** Derivative of cap at u = scale·q·k. */
    double capDerivative(double u) {
        double tanh = mask.softcap() > 0 ? Math.tanh(u / mask.softcap()) : 0;
        return 1 - tanh * tanh;
    }

    private double capped(double u) {
        return mask.softcap() > 0 ? mask.softcap() * Math.tanh(u / mask.softcap()) : u;
    }

    static double dot(double[] a, int aAt, double[] b, int bAt, int n) {
        double sum = 0;
        for (int d = 0; d < n; d++) {
            sum += a[aAt + d] * b[bAt + d];
        }
        return sum;
    }
}
