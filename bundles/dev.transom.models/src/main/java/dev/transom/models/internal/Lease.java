package dev.transom.models.internal;

import java.util.concurrent.atomic.AtomicReference;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceObjects;
import org.osgi.framework.ServiceReference;

/**
 * One use of a service: the framework counts it, so that whoever wants to remove the service's bundle sees that it is in use, and
 * by whom. Closing ends the use and forgets the object.
 */
final class Lease<S> implements AutoCloseable {

    private final ServiceObjects<S> services;
    private final AtomicReference<S> service;
    private final String bundle;

    private Lease(ServiceObjects<S> services, S service, Bundle bundle) {
        this.services = services;
        this.service = new AtomicReference<>(service);
        this.bundle = bundle.getSymbolicName() + " " + bundle.getVersion();
    }

    /** Takes a lease, or gives null when the service has just gone. */
    static <S> Lease<S> take(BundleContext context, ServiceReference<S> reference) {
        Bundle bundle = reference.getBundle();
        ServiceObjects<S> services = context.getServiceObjects(reference);
        S service = services == null ? null : services.getService();
        return service == null || bundle == null ? null : new Lease<>(services, service, bundle);
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
            services.ungetService(held);
        }
    }
}
