package dev.transom.commands.internal;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.framework.namespace.ExecutionEnvironmentNamespace;
import org.osgi.framework.namespace.HostNamespace;
import org.osgi.framework.namespace.PackageNamespace;
import org.osgi.framework.wiring.BundleCapability;
import org.osgi.framework.wiring.BundleRequirement;
import org.osgi.framework.wiring.BundleRevision;
import org.osgi.framework.wiring.FrameworkWiring;
import org.osgi.resource.Namespace;

/** Says in words why a bundle cannot be resolved, down to the requirement at the end of the chain. */
final class MissingRequirements {

    private static final String VECTOR = "jdk.incubator.vector";
    private static final Pattern TERM = Pattern.compile("(!?)\\(([\\w.]+)(>=|<=|=)([^)]*)\\)");

    private final FrameworkWiring framework;

    MissingRequirements(BundleContext context) {
        framework = context.getBundle(Constants.SYSTEM_BUNDLE_LOCATION).adapt(FrameworkWiring.class);
    }

    /** Returns the reason without a full stop, or an empty text if the bundle is or can be resolved. */
    String of(Bundle bundle) {
        if (bundle.getState() != Bundle.INSTALLED || framework.resolveBundles(List.of(bundle))) {
            return "";
        }
        return reason(bundle, new HashSet<>());
    }

    private String reason(Bundle bundle, Set<Bundle> seen) {
        seen.add(bundle);
        BundleRevision revision = bundle.adapt(BundleRevision.class);
        for (BundleRequirement requirement : revision.getDeclaredRequirements(null)) {
            if (!needed(requirement)) {
                continue;
            }
            var providers = framework.findProviders(requirement);
            if (providers.isEmpty()) {
                return "needs " + words(requirement);
            }
            if (providers.stream().noneMatch(MissingRequirements::resolved)) {
                Bundle provider = providers.iterator().next().getRevision().getBundle();
                if (seen.contains(provider)) {
                    continue;
                }
                String deeper = reason(provider, seen);
                if (!deeper.isEmpty()) {
                    return "needs " + provider.getSymbolicName() + ", which " + deeper;
                }
            }
        }
        return seen.size() > 1 ? "" : "cannot be wired: two of the bundles that it needs want different versions of a third";
    }

    private static boolean needed(BundleRequirement requirement) {
        var directives = requirement.getDirectives();
        return !Namespace.RESOLUTION_OPTIONAL.equals(directives.get(Namespace.REQUIREMENT_RESOLUTION_DIRECTIVE))
                && !"dynamic".equals(directives.get(Namespace.REQUIREMENT_RESOLUTION_DIRECTIVE))
                && !Namespace.EFFECTIVE_ACTIVE.equals(directives.get(Namespace.REQUIREMENT_EFFECTIVE_DIRECTIVE));
    }

    private static boolean resolved(BundleCapability capability) {
        return capability.getRevision().getWiring() != null;
    }

    private static String words(BundleRequirement requirement) {
        String filter = String.valueOf(requirement.getDirectives().get(Namespace.REQUIREMENT_FILTER_DIRECTIVE));
        String name = "";
        StringBuilder versions = new StringBuilder();
        Matcher term = TERM.matcher(filter);
        while (term.find()) {
            if (term.group(2).endsWith("version")) {
                versions.append(term.group(1).isEmpty() ? " from " : " below ").append(term.group(4));
            } else if (name.isEmpty()) {
                name = term.group(4);
            }
        }
        return switch (requirement.getNamespace()) {
            case PackageNamespace.PACKAGE_NAMESPACE -> VECTOR.equals(name)
                    ? "the Vector API, which this Java was started without (option --add-modules jdk.incubator.vector)"
                    : "package " + name + versions + ", which no installed bundle exports";
            case ExecutionEnvironmentNamespace.EXECUTION_ENVIRONMENT_NAMESPACE -> "Java" + versions + "; this is Java "
                    + Runtime.version().feature();
            case HostNamespace.HOST_NAMESPACE -> "bundle " + name + versions + " to add itself to";
            default -> requirement.getNamespace() + " " + filter + ", which no installed bundle provides";
        };
    }
}
