package dev.transom.app.bench.internal;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Measured times of one test, in seconds.
 *
 * @param seconds one for each run, at least one
 */
record Samples(List<Double> seconds) {

    Samples {
        seconds = List.copyOf(seconds);
        if (seconds.isEmpty()) {
            throw new IllegalArgumentException("samples: at least one run must be measured; got none.");
        }
    }

    /** Work per second in each run, where a run does {@code work}. */
    double[] rates(double work) {
        return seconds.stream().mapToDouble(time -> work / time).toArray();
    }

    /** The middle value; the mean of the two middle ones for an even number. */
    static double median(double... values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        int half = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
    }

    static double mean(double... values) {
        return Arrays.stream(values).sum() / values.length;
    }

    /** Standard deviation of a sample (divisor n − 1), as llama-bench gives it; 0 for a single value. */
    static double deviation(double... values) {
        double mean = mean(values);
        double squares = IntStream.range(0, values.length).mapToDouble(i -> (values[i] - mean) * (values[i] - mean)).sum();
        return values.length < 2 ? 0 : Math.sqrt(squares / (values.length - 1));
    }

    static double best(double... values) {
        return Arrays.stream(values).max().orElseThrow();
    }
}
