package dev.transom.shell.internal;

import java.util.HashSet;
import java.util.Set;
import org.osgi.framework.Bundle;
import org.osgi.framework.wiring.BundleWire;
import org.osgi.framework.wiring.BundleWiring;

/** The bundles without which the running shell would fall: those that it is wired to and those that run its lines. */
record Foundation(Bundle shell) {

    private static final Set<String> RUNTIME = Set.of("org.apache.felix.scr", "dev.transom.commands");

    boolean contains(Bundle bundle) {
        return RUNTIME.contains(bundle.getSymbolicName()) || wired().contains(bundle);
    }

    private Set<Bundle> wired() {
        Set<Bundle> found = new HashSet<>();
        follow(shell, found);
        return found;
    }

    private static void follow(Bundle bundle, Set<Bundle> found) {
        BundleWiring wiring = bundle.adapt(BundleWiring.class);
        if (!found.add(bundle) || wiring == null) {
            return;
        }
        for (BundleWire wire : wiring.getRequiredWires(null)) {
            follow(wire.getProvider().getBundle(), found);
        }
    }
}
