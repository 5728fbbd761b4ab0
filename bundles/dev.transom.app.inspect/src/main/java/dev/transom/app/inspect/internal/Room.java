package dev.transom.app.inspect.internal;

import dev.transom.api.architecture.ModelFacts;
import java.util.function.IntPredicate;

/**
 * The largest loads that fit.
 *
 * @param context longest rows, with the rows asked; 0 if none fits
 * @param rows    most rows, with the context asked; 0 if none fits
 */
record Room(int context, int rows) {

    /** More rows than that nobody asks for. */
    static final int MOST_ROWS = 1024;

    /** Finds both by planning loads: memory rises with either. */
    static Room find(ModelFacts facts, Load load, Estimator estimator) {
        int context = most(facts.maxPositions(), load.context(), positions -> fits(load.withContext(positions), estimator));
        int rows = most(MOST_ROWS, load.rows(), count -> fits(load.withRows(count), estimator));
        return new Room(context, rows);
    }

    private static boolean fits(Load load, Estimator estimator) {
        // A step of whole rows has at most as many tokens as an index can count.
        return (load.generates() || (long) load.context() * load.rows() <= Integer.MAX_VALUE) && estimator.estimate(load).fits();
    }

    /**
     * The largest number up to {@code limit} for which {@code fits} holds, given that it holds for all smaller ones; 0 if for none.
     * Looks near {@code likely} first; from 128 on it is exact to 1 %.
     */
    static int most(int limit, int likely, IntPredicate fits) {
        if (fits.test(limit)) {
            return limit;
        }
        int holds = 0;
        int fails = limit;
        int next = Math.min(likely, limit - 1);
        while (fails - holds > Math.max(1, holds / 128)) {
            if (next > holds && next < fails && fits.test(next)) {
                holds = next;
            } else if (next > holds && next < fails) {
                fails = next;
            }
            next = holds + (fails - holds) / 2;
        }
        return holds;
    }
}
