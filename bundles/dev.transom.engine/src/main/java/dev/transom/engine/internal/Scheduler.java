package dev.transom.engine.internal;

import dev.transom.api.TransomException;
import dev.transom.api.backend.Caches;
import dev.transom.api.engine.Generation.Finish;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;

/**
 * Runs all requests of one loaded model on one thread. Each step mixes the next token of every row that decodes with pieces of
 * prompts. Requests start in the order in which they came, each as soon as a row is free and {@link Admission} lets it.
 */
final class Scheduler implements Runnable {

    private final StepLimits limits;
    private final StepRunner runner;
    private final BlockAllocator allocator;
    private final PrefixTree tree;
    private final Admission admission;

    private final Object lock = new Object();
    private final ArrayDeque<Request> incoming = new ArrayDeque<>();
    private boolean closing;
    private boolean cancelAll;
    private TransomException broken;

    private final List<Request> waiting = new ArrayList<>();
    private final Row[] rows;
    private int running;

    /**
     * @param shareable positions up to which a row may use what another computed
     * @param turn      length beyond which a row that was shorter is read again, by other frequencies
     * @param reuse     whether rows use what others with the same beginning left in the cache
     */
    Scheduler(StepLimits limits, StepRunner runner, Caches caches, int shareable, int turn,
            boolean reuse) {
        this.limits = limits;
        this.runner = runner;
        this.allocator = new BlockAllocator(caches.blocks());
        this.tree = new PrefixTree(allocator, limits.blockSize());
        this.admission = new Admission(limits, allocator, tree, caches, shareable, turn, reuse);
        this.rows = new Row[limits.rows()];
    }

    BlockAllocator allocator() {
        return allocator;
    }

    /** Queues a request; from any thread. */
    void submit(Request request) {
        synchronized (lock) {
            if (broken != null) {
                throw broken;
            }
            if (closing) {
                throw new IllegalStateException("engine: requests are taken while it is open; it is closed.");
            }
            incoming.add(request);
            lock.notifyAll();
        }
    }

    /** Lets running and waiting requests end, then the thread. */
    void close() {
        synchronized (lock) {
            closing = true;
            lock.notifyAll();
        }
    }

    /** Ends all requests soon. */
    void cancelAll() {
        synchronized (lock) {
            cancelAll = true;
            lock.notifyAll();
        }
    }

    /** Whether the device or a mistake has ended it early. */
    boolean isBroken() {
        synchronized (lock) {
            return broken != null;
        }
    }

    @Override
    public void run() {
        try {
            while (takeIncoming()) {
                dropCancelled();
                admit();
                if (running > 0) {
                    step();
                }
            }
        } catch (RuntimeException | Error stopped) {
            failAll(stopped);
        } finally {
            tree.clear();
        }
    }

    /** Waits while there is nothing to do; false when it is closed and all is done. */
    private boolean takeIncoming() {
        synchronized (lock) {
            while (incoming.isEmpty() && waiting.isEmpty() && running == 0) {
                if (closing) {
                    return false;
                }
                try {
                    lock.wait();
                } catch (InterruptedException ignored) {
                    // Only close() ends this thread.
                }
            }
            while (!incoming.isEmpty()) {
                waiting.add(incoming.poll());
            }
            if (cancelAll) {
                cancelAll = false;
                waiting.forEach(Request::cancel);
                for (int i = 0; i < running; i++) {
                    rows[i].request.cancel();
                }
            }
            return true;
        }
    }

    private void dropCancelled() {
        for (int i = waiting.size() - 1; i >= 0; i--) {
            if (waiting.get(i).cancelled()) {
                waiting.remove(i).end(Finish.CANCELLED, null);
            }
        }
        for (int i = 0; i < running; i++) {
            if (rows[i].request.cancelled()) {
                rows[i].request.end(Finish.CANCELLED, null);
            }
        }
        removeEnded();
    }

    private void admit() {
        int next = 0;
        while (next < waiting.size() && running < rows.length) {
            Request request = waiting.get(next);
            if (Admission.waitsForParent(request)) {
                next++;
                continue;
            }
            Row row = admission.start(request);
            if (row == null) {
                return;
            }
            rows[running++] = row;
            waiting.remove(next);
        }
    }

    private void step() {
        runner.begin();
        for (int i = 0; i < running; i++) {
            if (rows[i].length() > limits.context()) {
                shift(rows[i]);
            }
            turn(rows[i]);
        }
        for (int i = 0; i < running; i++) {
            if (decodes(rows[i])) {
                add(rows[i], 1);
            }
        }
        for (int i = 0; i < running; i++) {
            if (!decodes(rows[i]) && fits(rows[i])) {
                admission.extend(rows[i]);
                add(rows[i], Math.min(rows[i].pending(), runner.room()));
            }
        }
        runner.run();
        for (int i = 0; i < running; i++) {
            admission.keepPrompt(rows[i]);
        }
        removeEnded();
    }

    /** A row that has grown beyond the frequencies of its keys is read again, once. */
    private void turn(Row row) {
        boolean beyond = row.length() > admission.turn() && row.cached > 0 && row.cached <= admission.turn();
        if (beyond && !row.turned && admission.turns(row.request)) {
            row.turn(allocator);
        }
    }

    /** The context is full: the row goes on with its first token (or prefix) and the newest half of the rest. */
    private void shift(Row row) {
        int keep = Math.max(1, limits.prefix());
        row.shift(allocator, keep, Math.max(1, (limits.context() - keep) / 2));
    }

    private static boolean decodes(Row row) {
        return row.stepTokens == 0 && row.cached > 0 && row.pending() == 1;
    }

    private boolean fits(Row row) {
        int least = row.cached < limits.prefix() ? limits.prefix() : 1;
        boolean sourceFits = row.sourceRead || row.request.source.length <= runner.sourceRoom();
        return row.stepTokens == 0 && runner.room() >= least && sourceFits;
    }

    private void add(Row row, int tokens) {
        row.grow(allocator, row.cached + tokens, limits.blockSize());
        runner.add(row, tokens);
    }

    private void removeEnded() {
        int kept = 0;
        for (int i = 0; i < running; i++) {
            Row row = rows[i];
            if (row.request.ended()) {
                if (row.request.finish() != Finish.FAILED) {
                    admission.keepAll(row);
                }
                row.release(allocator);
                row.request.row = null;
            } else {
                rows[kept++] = row;
            }
        }
        for (int i = kept; i < running; i++) {
            rows[i] = null;
        }
        running = kept;
    }

    /** The device is gone or something is broken: nobody is left waiting. */
    private void failAll(Throwable cause) {
        TransomException sentence = runner.broken(cause);
        synchronized (lock) {
            broken = sentence;
            waiting.addAll(incoming);
            incoming.clear();
        }
        for (Request request : waiting) {
            request.end(Finish.FAILED, sentence);
        }
        waiting.clear();
        for (int i = 0; i < running; i++) {
            if (!rows[i].request.ended()) {
                rows[i].request.end(Finish.FAILED, sentence);
            }
        }
        removeEnded();
    }
}
