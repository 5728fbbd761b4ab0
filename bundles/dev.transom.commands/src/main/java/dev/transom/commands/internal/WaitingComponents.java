package dev.transom.commands.internal;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.wiring.BundleRevision;
import org.osgi.service.component.runtime.ServiceComponentRuntime;
import org.osgi.service.component.runtime.dto.ComponentConfigurationDTO;
import org.osgi.service.component.runtime.dto.ComponentDescriptionDTO;
import org.osgi.service.component.runtime.dto.ReferenceDTO;
import org.osgi.service.component.runtime.dto.UnsatisfiedReferenceDTO;

/** Says which service a running bundle's components wait for, and which bundle would offer it. */
final class WaitingComponents {

    private final BundleContext context;
    private final ServiceComponentRuntime runtime;

    WaitingComponents(BundleContext context, ServiceComponentRuntime runtime) {
        this.context = context;
        this.runtime = runtime;
    }

    /** Returns the first component's reason without a full stop, or an empty text if none waits. */
    String of(Bundle bundle) {
        return reason(bundle, new HashSet<>());
    }

    private String reason(Bundle bundle, Set<Bundle> seen) {
        seen.add(bundle);
        for (ComponentDescriptionDTO component : runtime.getComponentDescriptionDTOs(bundle)) {
            for (ComponentConfigurationDTO configuration : runtime.getComponentConfigurationDTOs(component)) {
                if (configuration.state == ComponentConfigurationDTO.FAILED_ACTIVATION) {
                    return "its component " + simple(component.name) + " could not start: " + firstLine(configuration.failure);
                }
                if (configuration.state == ComponentConfigurationDTO.UNSATISFIED_REFERENCE) {
                    return waiting(component, configuration.unsatisfiedReferences[0], seen);
                }
            }
        }
        return "";
    }

    private String waiting(ComponentDescriptionDTO component, UnsatisfiedReferenceDTO unsatisfied, Set<Bundle> seen) {
        String wanted = Arrays.stream(component.references)
                .filter(reference -> reference.name.equals(unsatisfied.name))
                .map((ReferenceDTO reference) -> reference.interfaceName)
                .findFirst().orElse(unsatisfied.name);
        String target = unsatisfied.target == null ? "" : " " + unsatisfied.target;
        return "waits for a service " + simple(wanted) + target + ", " + offer(wanted, seen);
    }

    private String offer(String wanted, Set<Bundle> seen) {
        List<Bundle> offering = Arrays.stream(context.getBundles()).filter(bundle -> offers(bundle, wanted)).toList();
        for (Bundle bundle : offering) {
            String name = bundle.getSymbolicName();
            if (bundle.getState() == Bundle.RESOLVED) {
                return "which " + name + " offers, but that is stopped (in the shell: start " + name + ")";
            }
            if (bundle.getState() == Bundle.INSTALLED) {
                return "which " + name + " offers, but that is not resolved (see: transom bundles)";
            }
            if (!seen.contains(bundle)) {
                String deeper = reason(bundle, seen);
                if (!deeper.isEmpty()) {
                    return "which " + name + " offers, but that " + deeper;
                }
            }
        }
        return "which no installed bundle offers";
    }

    private static boolean offers(Bundle bundle, String wanted) {
        BundleRevision revision = bundle.adapt(BundleRevision.class);
        return revision != null
                && revision.getDeclaredCapabilities("osgi.service").stream()
                        .anyMatch(c -> Announced.values(c.getAttributes().get("objectClass")).contains(wanted));
    }

    private static String simple(String className) {
        return className.substring(className.lastIndexOf('.') + 1);
    }

    private static String firstLine(String failure) {
        return failure == null ? "no reason was given" : failure.lines().findFirst().orElse(failure);
    }
}
