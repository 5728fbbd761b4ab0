package dev.transom.samplers.internal;

import dev.transom.api.sampler.Sampler.Step;

/**
 * Removes tokens whose surprise −log2 p exceeds a bound mu (the most likely one always stays). When the next token comes, the
 * surprise of the chosen one under the probabilities that were left moves the bound: mu −= eta · (surprise − tau). The chosen token
 * is read from the history, so whoever draws need not report it.
 */
final class MirostatStep implements Step {

    private static final double LN2 = Math.log(2);

    private final double tau;
    private final double eta;
    private final Ranking ranking = new Ranking();
    private double mu;
    private float[] left = new float[0];
    private double leftSum;
    private int leftLength = -1;

    MirostatStep(double tau, double eta, double mu) {
        this.tau = tau;
        this.eta = eta;
        this.mu = mu;
    }

    double mu() {
        return mu;
    }

    @Override
    public void apply(float[] logits, int[] history, int length) {
        if (leftLength >= 0 && length == leftLength + 1) {
            mu -= eta * (surprise(history[length - 1]) - tau);
        }
        ranking.rank(logits);
        ranking.removeBelow(logits, Math.exp(-mu * LN2), 1);
        remember(logits, length);
    }

    /** In bits; a token that was removed, by a caller who does not draw from what is left, counts as the bound. */
    private double surprise(int id) {
        return id < left.length && left[id] > Float.NEGATIVE_INFINITY ? (leftSum - left[id]) / LN2 : mu;
    }

    private void remember(float[] logits, int length) {
        if (left.length != logits.length) {
            left = new float[logits.length];
        }
        System.arraycopy(logits, 0, left, 0, left.length);
        leftSum = ranking.logSum(logits);
        leftLength = length;
    }
}
