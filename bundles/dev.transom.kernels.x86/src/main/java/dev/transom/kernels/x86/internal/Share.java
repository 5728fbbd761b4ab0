package dev.transom.kernels.x86.internal;

/** Parts of some units of work for each thread: contiguous and the same in every run, or as threads are free. */
final class Share {

    private Share() {
    }

    static int start(int units, int thread, int threads) {
        return (int) ((long) units * thread / threads);
    }

    /** Units that a thread takes from a common counter at a time, so that each comes {@link PackedProduct#UNITS} times at least. */
    static int atOnce(int units, int threads) {
        return Math.max(1, units / (PackedProduct.UNITS * threads));
    }

    static int end(int units, int thread, int threads) {
        return start(units, thread + 1, threads);
    }
}
