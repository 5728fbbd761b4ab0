package dev.transom.engine.internal;

import java.util.concurrent.atomic.AtomicReference;

/**
 * Threads that keep nothing: no context class loader, no thread locals of whoever starts them, and after their end not what they ran.
 * For a thread that has ended may stay reachable: Felix's class loader leaves one behind in a map when two threads load a class at the
 * same moment, and with its work it would keep a model, so the class loader of an architecture that has been replaced.
 */
final class EngineThread {

    private EngineThread() {
    }

    static Thread start(String name, Runnable work) {
        AtomicReference<Runnable> once = new AtomicReference<>(work);
        Thread thread = Thread.ofPlatform().name(name).daemon().inheritInheritableThreadLocals(false)
            .unstarted(() -> once.getAndSet(null).run());
        thread.setContextClassLoader(null);
        thread.start();
        return thread;
    }
}
