package dev.transom.shell.internal;

import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import java.util.TreeSet;
import org.osgi.framework.Bundle;
import org.osgi.framework.ServiceReference;
import org.osgi.service.component.runtime.ServiceComponentRuntime;
import org.osgi.service.component.runtime.dto.SatisfiedReferenceDTO;

/**
 * Tells who leases the services of a bundle, that is, holds one for work under way. A component that merely has a service
 * injected is no such user: it lets go when it is told to.
 */
record Users(ServiceComponentRuntime runtime) {

    /** Symbolic names of the bundles that hold a lease. */
    Set<String> of(Bundle bundle) {
        Set<String> users = new TreeSet<>();
        ServiceReference<?>[] services = bundle.getRegisteredServices();
        for (ServiceReference<?> service : services == null ? new ServiceReference<?>[0] : services) {
            Bundle[] using = service.getUsingBundles();
            if (using != null) {
                Set<Bundle> injected = injected(service, using);
                Arrays.stream(using).filter(user -> !injected.contains(user)).map(Bundle::getSymbolicName).forEach(users::add);
            }
        }
        return users;
    }

    private Set<Bundle> injected(ServiceReference<?> service, Bundle[] using) {
        long id = (long) service.getProperty("service.id");
        Set<Bundle> injected = new HashSet<>();
        for (Bundle user : using) {
            boolean bound = runtime.getComponentDescriptionDTOs(user).stream()
                    .flatMap(component -> runtime.getComponentConfigurationDTOs(component).stream())
                    .flatMap(configuration -> Arrays.stream(configuration.satisfiedReferences))
                    .anyMatch(reference -> holds(reference, id));
            if (bound) {
                injected.add(user);
            }
        }
        return injected;
    }

    private static boolean holds(SatisfiedReferenceDTO reference, long id) {
        return reference.boundServices != null && Arrays.stream(reference.boundServices).anyMatch(bound -> bound.id == id);
    }
}
