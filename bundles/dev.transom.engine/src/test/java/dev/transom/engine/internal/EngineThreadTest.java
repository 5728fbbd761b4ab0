package dev.transom.engine.internal;

import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.ref.Reference;
import java.lang.ref.WeakReference;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class EngineThreadTest {

    private static final long SECONDS = 30;

    /** What a thread uses. */
    private record Work(AtomicBoolean done) implements Runnable {
        @Override
        public void run() {
            done.set(true);
        }
    }

    @Test
    void aThreadThatHasEndedDoesNotKeepWhatItRan() throws InterruptedException {
        AtomicBoolean done = new AtomicBoolean();
        Work work = new Work(done);
        WeakReference<Work> kept = new WeakReference<>(work);
        Thread thread = EngineThread.start("ends", work);
        work = null;
        thread.join();
        assertTrue(done.get());
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(SECONDS);
        while (kept.get() != null && System.nanoTime() < end) {
            System.gc();
            Thread.sleep(10);
        }
        assertNull(kept.get(), "work must be collected while the thread is still reachable");
        Reference.reachabilityFence(thread);
    }
}
