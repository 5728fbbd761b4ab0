package dev.transom.models.internal;

import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;

/**
 * One use of a service: the framework counts it, so that whoever wants to remove the service's bundle sees that it is in use, and
 * by whom. Closing ends the use and forgets the object.
 */
final class Lease<S> implements AutoCloseable {

    private final AtomicReference<S> service;
    private final String bundle;
    private final Consumer<S> end;

    Lease(S service, String bundle, Consumer<S> end) {
        this.service = new AtomicReference<>(service);
        this.bundle = bundle;
        this.end = end;
    }

    S service() {
        return service.get();
    }

    /** Symbolic name and version of the bundle that brings the service. */
    String bundle() {
        return bundle;
    }

    @Override
    public void close() {
        S held = service.getAndSet(null);
        if (held != null) {
            end.accept(held);
        }
    }
}
