package dev.transom.graph.internal.ops;

/** The normal distribution to double precision, which Java's library lacks. */
final class Normal {

    private static final double SERIES_BELOW = 2;
    /** Enough for 1e-19 at x = 2, where the fraction converges slowest: its error falls as exp(−2x·√(2·levels)). */
    private static final int LEVELS = 60;
    /** Beyond it e^(−x²) is no double any more. */
    private static final double UNDERFLOW = 28;

    private Normal() {
    }

    /** φ(x) = e^(−x²/2)/√(2π). */
    static double density(double x) {
        return Math.exp(-0.5 * x * x) / Math.sqrt(2 * Math.PI);
    }

    /** Φ(x) = erfc(−x/√2)/2, without the cancellation that 1 + erf(x/√2) suffers below zero. */
    static double distribution(double x) {
        return 0.5 * erfc(-x / Math.sqrt(2));
    }

    /** erf(x) = 2/√π · ∫₀ˣ e^(−t²) dt. */
    static double erf(double x) {
        return Math.abs(x) < SERIES_BELOW ? series(x) : Math.copySign(1 - tail(Math.abs(x)), x);
    }

    /** 1 − erf(x), exact in its tail. */
    static double erfc(double x) {
        if (Math.abs(x) < SERIES_BELOW) {
            return 1 - series(x);
        }
        return x > 0 ? tail(x) : 2 - tail(-x);
    }

    /** Abramowitz and Stegun 7.1.6: all terms have one sign, so nothing cancels. */
    private static double series(double x) {
        double sum = 0;
        double term = x;
        for (int n = 0; sum + term != sum; n++) {
            sum += term;
            term *= 2 * x * x / (2 * n + 3);
        }
        return 2 / Math.sqrt(Math.PI) * bell(x) * sum;
    }

    /** Abramowitz and Stegun 7.1.14, the continued fraction, from its end. */
    private static double tail(double x) {
        double fraction = x;
        for (int level = LEVELS; level > 0; level--) {
            fraction = x + 0.5 * level / fraction;
        }
        return bell(x) / (Math.sqrt(Math.PI) * fraction);
    }

    /** e^(−x²), the square split in two so that its rounding does not grow with x. */
    private static double bell(double x) {
        if (Math.abs(x) > UNDERFLOW) {
            return 0;
        }
        double high = (float) x;
        return Math.exp(-high * high) * Math.exp(-(x - high) * (x + high));
    }
}
