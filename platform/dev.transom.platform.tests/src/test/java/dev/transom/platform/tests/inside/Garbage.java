package dev.transom.platform.tests.inside;

import java.lang.ref.Reference;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;

/** Waits for the collector. */
final class Garbage {

    private static final int ROUNDS = 40;
    private static final int CHUNKS = 16;
    private static final int CHUNK_BYTES = 8 << 20;

    private Garbage() {}

    /** Collects, with memory being asked for meanwhile, until an object has gone; an object that stays is a leak. */
    static void awaitCollected(WeakReference<?> object) throws InterruptedException {
        for (int round = 0; round < ROUNDS && object.get() != null; round++) {
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
