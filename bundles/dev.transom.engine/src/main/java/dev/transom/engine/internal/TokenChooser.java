package dev.transom.engine.internal;

import dev.transom.api.sampler.Sampler;
import dev.transom.graph.CounterRandom;

/**
 * Chooses a row's next token from its logits: sampling steps, then the most likely token (of equal ones the lowest id) or one drawn
 * by the request's seed and the token's index in the row, whoever shares the step. Belongs to one thread; allocates nothing per token.
 */
final class TokenChooser {

    /** The logits are not numbers, or no token is possible. */
    static final int NONE = -1;
    /** Sampling steps removed every token. */
    static final int NOTHING_LEFT = -2;

    /** Keeps sampling apart from draws of the same seed elsewhere, whose streams are node ids from 0. */
    private static final int STREAM = -1;

    /** Numbers for the steps of one request: each step has a stream of its own. */
    static Sampler.Random random(long seed) {
        return (step, length) -> uniform(seed, -2 - (step.hashCode() & 0x3fffffff), length);
    }

    private final float[] logits;
    private final double[] weights;

    TokenChooser(int vocabulary) {
        logits = new float[vocabulary];
        weights = new double[vocabulary];
    }

    /** @param from index in {@code slab} of the row's first logit */
    int choose(float[] slab, int from, Request request) {
        if (request.greedy && request.steps.length == 0 && request.logProbs < 0) {
            return largest(slab, from);
        }
        System.arraycopy(slab, from, logits, 0, logits.length);
        if (!usable()) {
            return NONE;
        }
        double logSum = request.logProbs < 0 ? 0 : logSumExp();
        if (request.logProbs > 0) {
            top(request, logSum);
        }
        for (Sampler.Step step : request.steps) {
            step.apply(logits, request.ids, request.length());
        }
        int id = request.greedy ? largest() : draw(request.seed, request.length());
        if (id == NONE) {
            return NOTHING_LEFT;
        }
        if (request.logProbs >= 0) {
            request.chosenLogProbs[request.produced()] = (float) (slab[from + id] - logSum);
        }
        return id;
    }

    /** Names what is wrong with the logits at {@code from}. */
    static String fault(float[] slab, int from, int vocabulary) {
        for (int i = 0; i < vocabulary; i++) {
            float logit = slab[from + i];
            if (Float.isNaN(logit) || logit == Float.POSITIVE_INFINITY) {
                return logit + " for token " + i;
            }
        }
        return "−∞ for every token";
    }

    private boolean usable() {
        boolean possible = false;
        for (float logit : logits) {
            if (Float.isNaN(logit) || logit == Float.POSITIVE_INFINITY) {
                return false;
            }
            possible |= logit > Float.NEGATIVE_INFINITY;
        }
        return possible;
    }

    /** The most likely token of a row that nothing else looks at: one reading, no copy. */
    private int largest(float[] slab, int from) {
        int best = NONE;
        float most = Float.NEGATIVE_INFINITY;
        float poison = 0;
        for (int i = 0; i < logits.length; i++) {
            float logit = slab[from + i];
            // NaN and +∞ stay in the sum; −∞ times 0 would be NaN as well, so it is left out.
            poison += logit == Float.NEGATIVE_INFINITY ? 0 : logit * 0;
            if (logit > most) {
                most = logit;
                best = i;
            }
        }
        return poison == 0 ? best : NONE;
    }

    private int largest() {
        int best = NONE;
        float most = Float.NEGATIVE_INFINITY;
        for (int i = 0; i < logits.length; i++) {
            if (logits[i] > most) {
                most = logits[i];
                best = i;
            }
        }
        return best;
    }

    private int draw(long seed, int step) {
        int largest = largest();
        if (largest == NONE) {
            return NONE;
        }
        double sum = 0;
        for (int i = 0; i < logits.length; i++) {
            weights[i] = logits[i] == Float.NEGATIVE_INFINITY ? 0 : Math.exp((double) logits[i] - logits[largest]);
            sum += weights[i];
        }
        double mark = uniform(seed, STREAM, step) * sum;
        double passed = 0;
        int last = largest;
        for (int i = 0; i < weights.length; i++) {
            if (weights[i] > 0) {
                passed += weights[i];
                last = i;
                if (passed > mark) {
                    return i;
                }
            }
        }
        return last;
    }

    /** In [0, 1) with 53 bits. */
    private static double uniform(long seed, int stream, int step) {
        long high = CounterRandom.bits(seed, stream, step, 0) & 0xffffffffL;
        long low = CounterRandom.bits(seed, stream, step, 1) & 0xffffffffL;
        return ((high << 32 | low) >>> 11) * 0x1p-53;
    }

    private double logSumExp() {
        int largest = largest();
        double sum = 0;
        for (float logit : logits) {
            sum += Math.exp((double) logit - logits[largest]);
        }
        return logits[largest] + Math.log(sum);
    }

    /** Writes the most likely tokens, best first, by insertion. */
    private void top(Request request, double logSum) {
        int wanted = request.logProbs;
        int start = request.produced() * wanted;
        int count = 0;
        for (int id = 0; id < logits.length; id++) {
            if (count == wanted && logits[id] <= logits[request.topIds[start + wanted - 1]]) {
                continue;
            }
            int place = count < wanted ? count++ : wanted - 1;
            while (place > 0 && logits[request.topIds[start + place - 1]] < logits[id]) {
                request.topIds[start + place] = request.topIds[start + place - 1];
                place--;
            }
            request.topIds[start + place] = id;
        }
        for (int i = 0; i < count; i++) {
            request.topLogProbs[start + i] = (float) (logits[request.topIds[start + i]] - logSum);
        }
        for (int i = count; i < wanted; i++) {
            request.topIds[start + i] = NONE;
        }
    }
}
