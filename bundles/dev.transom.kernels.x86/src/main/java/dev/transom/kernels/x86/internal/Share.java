package dev.transom.kernels.x86.internal;

/** One thread's part of some units of work: contiguous, and the same in every run. */
final class Share {

    private Share() {
    }

    static int start(int units, int thread, int threads) {
        return (int) ((long) units * thread / threads);
    }

    static int end(int units, int thread, int threads) {
        return start(units, thread + 1, threads);
    }
}
