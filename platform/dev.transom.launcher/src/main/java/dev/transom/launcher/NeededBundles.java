package dev.transom.launcher;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.osgi.framework.Bundle;
import org.osgi.framework.wiring.BundleCapability;
import org.osgi.framework.wiring.BundleRevision;

/**
 * Leaves out what a command does not need where it says that it runs alone: other commands with the shell, and whatever announces
 * neither anything to Transom nor components (log and configuration services, for example). Starting them took a tenth of the start.
 */
final class NeededBundles {

    private static final String ROOM = "dev.transom.";
    private static final String APPLICATION = ROOM + "application";
    private static final String EXTENDER = "osgi.extender";
    private static final String COMPONENTS = "Service-Component";

    private NeededBundles() {}

    /**
     * Returns the bundles to start, in their order.
     *
     * @param command a command's name, or another text, for which all are needed
     */
    static List<Bundle> of(List<Bundle> bundles, String command) {
        boolean alone = bundles.stream().flatMap(bundle -> applications(bundle).stream())
            .anyMatch(application -> named(application, command)
                && Boolean.parseBoolean(String.valueOf(application.get("alone"))));
        return alone ? bundles.stream().filter(bundle -> needed(bundle, command)).toList() : bundles;
    }

    private static boolean needed(Bundle bundle, String command) {
        List<Map<String, Object>> applications = applications(bundle);
        if (!applications.isEmpty()) {
            return applications.stream().anyMatch(application -> named(application, command));
        }
        return bundle.getHeaders("").get(COMPONENTS) != null
            || capabilities(bundle, null).stream().map(BundleCapability::getNamespace)
                .anyMatch(namespace -> namespace.startsWith(ROOM) || namespace.equals(EXTENDER));
    }

    private static boolean named(Map<String, Object> application, String command) {
        return application.get("name") instanceof Collection<?> names ? names.contains(command)
            : command.equals(application.get("name"));
    }

    private static List<Map<String, Object>> applications(Bundle bundle) {
        return capabilities(bundle, APPLICATION).stream().map(BundleCapability::getAttributes).toList();
    }

    private static List<BundleCapability> capabilities(Bundle bundle, String namespace) {
        return Optional.ofNullable(bundle.adapt(BundleRevision.class))
            .map(revision -> revision.getDeclaredCapabilities(namespace))
            .orElse(List.of());
    }
}
