package dev.transom.models.internal;

import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceObjects;
import org.osgi.framework.ServiceReference;

/**
 * The leases that a bundle takes. They are taken and ended one after the other: Felix counts a bundle's uses of a service without a
 * lock, and when the last use ends while another begins it may refuse the end of one, or go on counting one that has ended.
 */
final class Leases {

    private final BundleContext context;

    Leases(BundleContext context) {
        this.context = context;
    }

    /** Takes a lease, or gives null when the service has just gone. */
    synchronized <S> Lease<S> take(ServiceReference<S> reference) {
        Bundle bundle = reference.getBundle();
        ServiceObjects<S> services = context.getServiceObjects(reference);
        S service = services == null ? null : services.getService();
        return service == null || bundle == null ? null
            : new Lease<>(service, bundle.getSymbolicName() + " " + bundle.getVersion(), held -> end(services, held));
    }

    private synchronized <S> void end(ServiceObjects<S> services, S service) {
        services.ungetService(service);
    }
}
