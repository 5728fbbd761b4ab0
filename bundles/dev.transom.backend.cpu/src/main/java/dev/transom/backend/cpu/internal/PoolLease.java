package dev.transom.backend.cpu.internal;

import java.util.HashMap;
import java.util.Map;

/** The use of a pool by one executable; executables with the same number of threads share one, and the last to go ends it. */
final class PoolLease implements AutoCloseable {

    private final Pools pools;
    private final SpinningPool pool;
    private boolean closed;

    private PoolLease(Pools pools, SpinningPool pool) {
        this.pools = pools;
        this.pool = pool;
    }

    SpinningPool pool() {
        return pool;
    }

    @Override
    public void close() {
        pools.release(this);
    }

    /** The pools of a backend by their number of threads. Safe for concurrent use. */
    static final class Pools {

        private final Map<Integer, SpinningPool> pools = new HashMap<>();
        private final Map<SpinningPool, Integer> uses = new HashMap<>();

        synchronized PoolLease lease(int threads) {
            SpinningPool pool = pools.computeIfAbsent(threads, SpinningPool::new);
            uses.merge(pool, 1, Integer::sum);
            return new PoolLease(this, pool);
        }

        private synchronized void release(PoolLease lease) {
            if (lease.closed) {
                return;
            }
            lease.closed = true;
            if (uses.merge(lease.pool, -1, Integer::sum) == 0) {
                uses.remove(lease.pool);
                pools.remove(lease.pool.count());
                lease.pool.close();
            }
        }
    }
}
