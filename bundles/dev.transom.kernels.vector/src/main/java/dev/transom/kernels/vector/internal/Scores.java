package dev.transom.kernels.vector.internal;

import static dev.transom.kernels.vector.internal.Lanes.FLOATS;
import static dev.transom.kernels.vector.internal.Lanes.LENGTH;
import static dev.transom.kernels.vector.internal.Lanes.MEMORY;
import static dev.transom.kernels.vector.internal.Lanes.ORDER;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;

/** What happens to one query's products with a block of {@link KeyBlock#KEYS} keys. */
final class Scores {

    private static final FloatVector COUNT = FloatVector.broadcast(FLOATS, 0).addIndex(1);

    private Scores() {
    }

    /**
     * Turns products into scores, −∞ where a key is not seen. Positions count from the block's first key.
     *
     * @param slope    ALiBi slope
     * @param position of the query
     * @param low      first key seen
     * @param high     last key seen
     */
    static void mask(long scores, float scale, float softcap, float slope, int position, int low, int high) {
        for (int v = 0; v < KeyBlock.KEYS; v += LENGTH) {
            FloatVector x = FloatVector.fromMemorySegment(FLOATS, MEMORY, scores + 4L * v, ORDER).mul(scale);
            if (softcap > 0) {
                x = VectorMath.tanh(x.div(softcap)).mul(softcap);
            }
            FloatVector j = COUNT.add(v);
            if (slope != 0) {
                x = x.sub(j.sub(position).abs().mul(slope));
            }
            if (low > v || high < v + LENGTH - 1) {
                x = x.blend(Float.NEGATIVE_INFINITY, j.compare(VectorOperators.LT, low).or(j.compare(VectorOperators.GT, high)));
            }
            x.intoMemorySegment(MEMORY, scores + 4L * v, ORDER);
        }
    }

    /**
     * One step of the softmax that runs along blocks: turns scores into exponentials and brings the maximum and sum so far, two floats at
     * {@code state}, up to date.
     *
     * @return by what to multiply what was gathered so far
     */
    static float exponentials(long scores, long state) {
        float before = Lanes.get(state);
        float max = Math.max(before, Row.max(scores, KeyBlock.KEYS));
        if (max == Float.NEGATIVE_INFINITY) { // nothing seen yet: −∞ − −∞ would be NaN
            Lanes.zero(scores, Probabilities.ROW);
            return 1;
        }
        float factor = VectorMath.decay(FloatVector.broadcast(FLOATS, before - max)).lane(0);
        float sum = Row.exponentials(scores, max, scores, KeyBlock.KEYS);
        Lanes.set(state, max);
        Lanes.set(state + 4, Lanes.get(state + 4) * factor + sum);
        return factor;
    }
}
