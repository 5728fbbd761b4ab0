package dev.transom.kernels.vector.internal;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Finds out when vectors have become quicker than plain loops, which give the same bits. Until then most work goes to plain
 * loops, and vectors get a quarter of the time, so that the just-in-time compiler sees them. Any number of threads.
 */
final class Pace {

    /** Vectors must be quicker so many times in turn: a thread that is interrupted makes either look slow. */
    private static final int TURNS = 4;
    private static final int SHARE = 4;

    private final long patienceNanos;
    private final AtomicLong plainNanos = new AtomicLong();
    private final AtomicLong vectorNanos = new AtomicLong();
    private final AtomicInteger quicker = new AtomicInteger();
    private volatile double bestPlain = Double.MAX_VALUE;
    private volatile boolean warm;

    /**
     * @param warm          whether vectors count as quicker from the start
     * @param patienceNanos time of plain loops before vectors get their first turn, which may take a tenth of a second
     */
    Pace(boolean warm, long patienceNanos) {
        this.warm = warm;
        this.patienceNanos = patienceNanos;
    }

    /** Whether vectors are quicker, once and for all. */
    boolean warm() {
        return warm;
    }

    /** Whether the next piece of work goes to vectors. */
    boolean vectors() {
        long plain = plainNanos.get();
        return plain >= patienceNanos && SHARE * vectorNanos.get() < plain;
    }

    /** Tells how long plain loops took for {@code work} multiply-adds. */
    void plain(long nanos, long work) {
        plainNanos.addAndGet(nanos);
        bestPlain = Math.min(bestPlain, (double) nanos / work);
    }

    /** Tells how long vectors took. */
    void vector(long nanos, long work) {
        vectorNanos.addAndGet(nanos);
        if ((double) nanos / work >= bestPlain) {
            quicker.set(0);
        } else if (quicker.incrementAndGet() >= TURNS) {
            warm = true;
        }
    }
}
