package dev.transom.samplers.internal;

/**
 * Selects from logits by rank without sorting them: quickselect over ids, in time proportional to the vocabulary. Logits rank by
 * value, equal ones by id (the lower id ranks higher), so every selection is determined by the logits alone. Arrays are kept
 * from call to call: nothing is allocated after the first.
 */
final class Ranking {

    private int[] ids = new int[0];
    private double[] probabilities = new double[0];
    private int count;
    private float largest;
    private double sum;

    /** Takes up the logits above −∞ and counts them. */
    int rank(float[] logits) {
        if (ids.length < logits.length) {
            ids = new int[logits.length];
        }
        count = 0;
        largest = Float.NEGATIVE_INFINITY;
        for (int i = 0; i < logits.length; i++) {
            if (logits[i] > Float.NEGATIVE_INFINITY) {
                ids[count++] = i;
                largest = Math.max(largest, logits[i]);
            }
        }
        return count;
    }

    /** The largest logit taken up. */
    float largest() {
        return largest;
    }

    /** Id of the logit that is the k-th best, k from 1 to the count. Afterwards the last k ids are the k best. */
    int best(float[] logits, int k) {
        int target = count - k;
        int low = 0;
        int high = count - 1;
        while (low < high) {
            int pivot = partition(logits, low, high);
            if (pivot == target) {
                break;
            }
            if (pivot < target) {
                low = pivot + 1;
            } else {
                high = pivot - 1;
            }
        }
        return ids[target];
    }

    /**
     * Removes the tokens that, in ascending order of {@code keys}, have a cumulative probability of at most {@code tail}; the
     * {@code keep} best stay. The border is found by quickselect weighted with probabilities: {@code below} is the mass ranked
     * under the range that still holds the border.
     *
     * @param keys what tokens rank by; the logits themselves, or something else
     */
    void removeTail(float[] keys, float[] logits, double tail, int keep) {
        best(keys, keep);
        int removable = count - keep;
        softmax(logits);
        double below = 0;
        int low = 0;
        int high = removable - 1;
        while (low <= high) {
            int pivot = partition(keys, low, high);
            double under = below;
            for (int i = low; i < pivot; i++) {
                under += probabilities[ids[i]];
            }
            double withPivot = under + probabilities[ids[pivot]];
            if (withPivot <= tail) {
                below = withPivot;
                low = pivot + 1;
            } else {
                high = pivot - 1;
            }
        }
        for (int i = 0; i < low; i++) {
            logits[ids[i]] = Float.NEGATIVE_INFINITY;
        }
    }

    /** Removes tokens whose probability is below {@code least}; the {@code keep} best stay, and those equal to the last of them. */
    void removeBelow(float[] logits, double least, int keep) {
        double bound = Math.min(logSum(logits) + Math.log(least), logits[best(logits, keep)]);
        for (int i = 0; i < logits.length; i++) {
            if (logits[i] < bound) {
                logits[i] = Float.NEGATIVE_INFINITY;
            }
        }
    }

    /** Removes tokens whose probability is at least {@code threshold}, except the one of them that ranks lowest. */
    void removeAbove(float[] logits, double threshold) {
        double bound = logSum(logits) + Math.log(threshold);
        int lowest = -1;
        for (int i = 0; i < count; i++) {
            if (logits[ids[i]] >= bound && (lowest < 0 || before(logits, ids[i], lowest))) {
                lowest = ids[i];
            }
        }
        for (int i = 0; i < count; i++) {
            if (logits[ids[i]] >= bound && ids[i] != lowest) {
                logits[ids[i]] = Float.NEGATIVE_INFINITY;
            }
        }
    }

    /** The logarithm of the sum of exp(logit). */
    double logSum(float[] logits) {
        double parts = 0;
        for (int i = 0; i < logits.length; i++) {
            parts += Math.exp((double) logits[i] - largest);
        }
        sum = largest + Math.log(parts);
        return sum;
    }

    /** The entropy in nats of the probabilities; leaves {@link #logProbability} ready. */
    double entropy(float[] logits) {
        double total = logSum(logits);
        double entropy = 0;
        for (float logit : logits) {
            if (logit > Float.NEGATIVE_INFINITY) {
                double log = logit - total;
                entropy -= Math.exp(log) * log;
            }
        }
        return entropy;
    }

    /** A token's ln p after {@link #logSum} or {@link #entropy}. */
    double logProbability(float logit) {
        return logit - sum;
    }

    private void softmax(float[] logits) {
        if (probabilities.length < logits.length) {
            probabilities = new double[logits.length];
        }
        double total = 0;
        for (int i = 0; i < logits.length; i++) {
            probabilities[i] = Math.exp((double) logits[i] - largest);
            total += probabilities[i];
        }
        for (int i = 0; i < logits.length; i++) {
            probabilities[i] /= total;
        }
    }

    /** Orders ids low…high around the median of three; gives the pivot's place. */
    private int partition(float[] logits, int low, int high) {
        int middle = (low + high) >>> 1;
        if (before(logits, ids[middle], ids[low])) {
            swap(low, middle);
        }
        if (before(logits, ids[high], ids[low])) {
            swap(low, high);
        }
        if (before(logits, ids[middle], ids[high])) {
            swap(middle, high);
        }
        int pivot = ids[high];
        int place = low;
        for (int i = low; i < high; i++) {
            if (before(logits, ids[i], pivot)) {
                swap(place++, i);
            }
        }
        swap(place, high);
        return place;
    }

    private static boolean before(float[] logits, int a, int b) {
        return logits[a] < logits[b] || (logits[a] == logits[b] && a > b);
    }

    private void swap(int i, int j) {
        int kept = ids[i];
        ids[i] = ids[j];
        ids[j] = kept;
    }
}
