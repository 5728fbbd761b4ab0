package dev.transom.app.bench.internal;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Measures tests after warming them up. The runs of several tests are interleaved, so that a disturbance from outside hits all of
 * them alike and their ratios stay comparable.
 *
 * @param reps   measured runs of each test
 * @param warmUp seconds to run each test before, for the just-in-time compiler; at least two runs
 */
record Stopwatch(int reps, double warmUp) {

    private static final int WARM_RUNS = 2;

    /** One run of a test. */
    @FunctionalInterface
    interface Run {
        void run() throws InterruptedException;
    }

    /** Measures all tests; the answer has their order. */
    List<Samples> measure(List<? extends Run> tests) throws InterruptedException {
        for (Run test : tests) {
            warm(test);
        }
        List<List<Double>> seconds = IntStream.range(0, tests.size()).<List<Double>>mapToObj(_ -> new ArrayList<>()).toList();
        for (int rep = 0; rep < reps; rep++) {
            for (int test = 0; test < tests.size(); test++) {
                long start = System.nanoTime();
                tests.get(test).run();
                seconds.get(test).add(Math.max(1, System.nanoTime() - start) * 1e-9);
            }
        }
        return seconds.stream().map(Samples::new).toList();
    }

    private void warm(Run test) throws InterruptedException {
        long start = System.nanoTime();
        for (int run = 0; run < WARM_RUNS || (System.nanoTime() - start) * 1e-9 < warmUp; run++) {
            test.run();
            if (Thread.interrupted()) {
                throw new InterruptedException("bench: stopped while warming up.");
            }
        }
    }
}
