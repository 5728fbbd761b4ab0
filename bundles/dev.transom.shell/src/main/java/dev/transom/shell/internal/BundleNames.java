package dev.transom.shell.internal;

import dev.transom.api.TransomException;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;

/** Finds the bundle that a user means: by number, by name, by the end of a name ({@code encoder}), each with {@code :version}. */
record BundleNames(BundleContext context) {

    /**
     * The one bundle that a word means.
     *
     * @throws TransomException when there is none or more than one
     */
    Bundle find(String verb, String word) {
        int colon = word.indexOf(':');
        String name = colon < 0 ? word : word.substring(0, colon);
        String version = colon < 0 ? "" : word.substring(colon + 1);
        List<Bundle> found = matching(version, bundle -> name.equals(bundle.getSymbolicName())
                || word.equals(String.valueOf(bundle.getBundleId())));
        if (found.isEmpty()) {
            found = matching(version, bundle -> bundle.getSymbolicName() != null
                    && bundle.getSymbolicName().endsWith("." + name));
        }
        if (found.isEmpty()) {
            throw new TransomException(verb + ": the bundle must be installed; there is no '" + word
                    + "'. See the names: bundles.");
        }
        if (found.size() > 1) {
            throw new TransomException(verb + ": one bundle must be meant; '" + word + "' is "
                    + String.join(" and ", found.stream().map(BundleNames::words).toList()) + ". Say which, for example: " + verb
                    + " " + found.getFirst().getSymbolicName() + ":" + found.getFirst().getVersion() + ".");
        }
        return found.getFirst();
    }

    private List<Bundle> matching(String version, Predicate<Bundle> named) {
        return Arrays.stream(context.getBundles())
                .filter(bundle -> bundle.getBundleId() != 0)
                .filter(named)
                .filter(bundle -> version.isEmpty() || bundle.getVersion().toString().equals(version))
                .toList();
    }

    /** Name and version, as sentences tell them. */
    static String words(Bundle bundle) {
        return bundle.getSymbolicName() + " " + bundle.getVersion();
    }
}
