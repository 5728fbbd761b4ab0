package dev.transom.conformance.architecture;

/** Differences between what a case expects and what came. */
public final class Differences {

    private Differences() {
    }

    /** Largest difference between arrays of equal length; NaN and other lengths are infinite. */
    public static double largest(double[] expected, double[] actual) {
        if (expected.length != actual.length) {
            return Double.POSITIVE_INFINITY;
        }
        double largest = 0;
        for (int i = 0; i < expected.length; i++) {
            double difference = Math.abs(expected[i] - actual[i]);
            if (!(difference <= largest)) {
                largest = Double.isNaN(difference) ? Double.POSITIVE_INFINITY : difference;
            }
        }
        return largest;
    }

    /** How many elements differ, those that only one of the arrays has included. */
    public static int count(int[] expected, int[] actual) {
        int differing = Math.abs(expected.length - actual.length);
        for (int i = 0; i < Math.min(expected.length, actual.length); i++) {
            differing += expected[i] == actual[i] ? 0 : 1;
        }
        return differing;
    }

    /** The largest magnitude. */
    public static double magnitude(double[] values) {
        double largest = 0;
        for (double value : values) {
            largest = Math.max(largest, Math.abs(value));
        }
        return largest;
    }
}
