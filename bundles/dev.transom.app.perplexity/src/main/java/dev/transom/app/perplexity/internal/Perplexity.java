package dev.transom.app.perplexity.internal;

/**
 * Sums of log-probabilities.
 *
 * @param tokens  how many tokens were predicted
 * @param sum     Σ −ln p
 * @param squares Σ (ln p)²
 */
record Perplexity(long tokens, double sum, double squares) {

    static final Perplexity NONE = new Perplexity(0, 0, 0);

    Perplexity plus(float[] logProbs) {
        double more = sum;
        double moreSquares = squares;
        for (float logProb : logProbs) {
            more -= logProb;
            moreSquares += (double) logProb * logProb;
        }
        return new Perplexity(tokens + logProbs.length, more, moreSquares);
    }

    /** Mean of −ln p, in nats for each token. */
    double crossEntropy() {
        return sum / tokens;
    }

    /** e to the mean of −ln p (Jelinek et al. 1977). */
    double value() {
        return Math.exp(crossEntropy());
    }

    /** Standard error of {@link #value}: that of the mean, carried through exp; tokens count as independent. */
    double error() {
        double mean = crossEntropy();
        double variance = Math.max(0, squares / tokens - mean * mean);
        return tokens < 2 ? Double.NaN : value() * Math.sqrt(variance / (tokens - 1));
    }
}
