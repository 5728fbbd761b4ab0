package dev.transom.backend.cpu.internal;

import dev.transom.api.kernel.KernelArguments;
import dev.transom.api.kernel.Threads;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;

/**
 * A fixed pool whose threads spin for a while and then park: a token takes hundreds of parallel regions of some twenty microseconds, and waking
 * a parked thread costs as much as one of them. One run uses the pool at a time, see {@link #lock}; the caller is thread 0.
 */
final class SpinningPool implements Threads, AutoCloseable {

    /** Spins before a thread yields, and yields before it parks: some 20 and 200 microseconds. */
    private static final int SPINS = 2_000;
    private static final int YIELDS = 400;

    private final Worker[] workers;
    private final ReentrantLock lock = new ReentrantLock();
    private final AtomicInteger running = new AtomicInteger();
    private volatile int round;
    private volatile boolean closed;
    private volatile Throwable failure;
    private Part part;
    private KernelArguments arguments;

    SpinningPool(int threads) {
        workers = new Worker[threads - 1];
        for (int i = 0; i < workers.length; i++) {
            workers[i] = new Worker(i + 1);
            workers[i].start();
        }
    }

    /** To be held for all of a graph's run. */
    ReentrantLock lock() {
        return lock;
    }

    @Override
    public int count() {
        return workers.length + 1;
    }

    @Override
    public void run(Part work, KernelArguments given) {
        if (workers.length == 0) {
            work.run(given, 0, 1);
            return;
        }
        part = work;
        arguments = given;
        running.set(workers.length);
        round++;
        for (Worker worker : workers) {
            if (worker.parked) {
                LockSupport.unpark(worker);
            }
        }
        try {
            work.run(given, 0, workers.length + 1);
        } catch (Throwable broken) {
            failure = broken;
        }
        await();
        if (failure != null) {
            rethrow();
        }
    }

    private void await() {
        int spins = 0;
        while (running.get() != 0) {
            if (++spins < SPINS) {
                Thread.onSpinWait();
            } else {
                Thread.yield();
            }
        }
    }

    private void rethrow() {
        Throwable broken = failure;
        failure = null;
        switch (broken) {
            case RuntimeException e -> throw e;
            case Error e -> throw e;
            default -> throw new IllegalStateException(broken);
        }
    }

    /** Ends the threads; a run in progress must be over. */
    @Override
    public void close() {
        closed = true;
        for (Worker worker : workers) {
            LockSupport.unpark(worker);
        }
    }

    private final class Worker extends Thread {

        private final int index;
        private volatile boolean parked;

        Worker(int index) {
            super("transom-cpu-" + index);
            this.index = index;
            setDaemon(true);
            setContextClassLoader(null);
        }

        @Override
        public void run() {
            int seen = 0;
            while (awaitRound(seen)) {
                seen = round;
                try {
                    part.run(arguments, index, workers.length + 1);
                } catch (Throwable broken) {
                    failure = broken;
                }
                running.decrementAndGet();
            }
        }

        private boolean awaitRound(int seen) {
            int spins = 0;
            while (round == seen) {
                if (closed) {
                    return false;
                }
                if (++spins < SPINS) {
                    Thread.onSpinWait();
                } else if (spins < SPINS + YIELDS) {
                    Thread.yield();
                } else {
                    parked = true;
                    // Looked at again after the flag is up, so that no wake-up is missed.
                    if (round == seen && !closed) {
                        LockSupport.park(this);
                    }
                    parked = false;
                }
            }
            return true;
        }
    }
}
