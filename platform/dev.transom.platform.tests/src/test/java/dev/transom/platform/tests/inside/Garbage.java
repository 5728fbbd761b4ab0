package dev.transom.platform.tests.inside;

import java.lang.ref.Reference;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Waits for the collector. */
final class Garbage {

    /** A compiler thread keeps the classes of the method it is at alive; on a busy machine that takes seconds. */
    private static final long SECONDS = 60;
    private static final int CHUNKS = 16;
    private static final int CHUNK_BYTES = 8 << 20;

    private Garbage() {}

    /** Collects, with memory being asked for meanwhile, until an object has gone; an object that stays is a leak. */
    static void awaitCollected(WeakReference<?> object) throws InterruptedException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(SECONDS);
        while (object.get() != null && System.nanoTime() < end) {
            List<byte[]> pressure = new ArrayList<>();
            for (int i = 0; i < CHUNKS; i++) {
                pressure.add(new byte[CHUNK_BYTES]);
            }
            Reference.reachabilityFence(pressure);
            System.gc();
            Thread.sleep(50);
        }
        if (object.get() != null) {
            throw new AssertionError("must be collected; it is still reachable: " + object.get());
        }
    }
}
