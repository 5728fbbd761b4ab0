package dev.transom.app.inspect.internal;

import dev.transom.api.architecture.ModelFacts;
import dev.transom.api.sizing.Sizing.Estimate;
import java.util.function.IntFunction;

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
        int longest = load.generates() ? facts.maxPositions() : Math.min(facts.maxPositions(), Integer.MAX_VALUE / load.rows());
        int most = load.generates() ? MOST_ROWS : Math.min(MOST_ROWS, Integer.MAX_VALUE / load.context());
        return new Room(most(longest, positions -> estimator.estimate(load.withContext(positions))),
            most(most, rows -> estimator.estimate(load.withRows(rows))));
    }

    /**
     * The largest number from 1 to {@code limit} whose load fits, 0 if none; above 100 it may be up to 1 % too small. Loads
     * grow almost in a line, so each guess is where a line through the last two known ones meets what is available.
     */
    static int most(int limit, IntFunction<Estimate> load) {
        Estimate low = load.apply(1);
        if (!low.fits()) {
            return 0;
        }
        Estimate high = load.apply(limit);
        if (high.fits()) {
            return limit;
        }
        int fits = 1;
        int fails = limit;
        while (fails - fits > Math.max(1, fits / 100)) {
            int guess = between(fits, fails, (double) (low.available() - low.total()) / (high.total() - low.total()));
            Estimate there = load.apply(guess);
            if (there.fits()) {
                fits = guess;
                low = there;
                // The line is a little wrong: soon a guess just above must fail, and the search ends.
                int above = Math.min(fails - 1, guess + Math.max(1, guess / 100));
                Estimate next = above > guess ? load.apply(above) : high;
                if (next.fits()) {
                    fits = above;
                    low = next;
                } else {
                    fails = Math.min(fails, Math.max(above, guess + 1));
                    high = next;
                }
            } else {
                fails = guess;
                high = there;
            }
        }
        return fits;
    }

    /** A number strictly between two, that part of the way. */
    private static int between(int fits, int fails, double part) {
        return (int) Math.clamp(fits + part * (fails - fits), fits + 1.0, fails - 1.0);
    }
}
