package dev.transom.app.plugin.internal.verify;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.wiring.BundleCapability;
import org.osgi.framework.wiring.BundleRevision;

/** What the running platform offers to a bundle that would be installed. */
final class Surroundings {

    /**
     * One capability of an installed bundle.
     *
     * @param owner      symbolic name of the bundle
     * @param attributes typed as the framework has them
     */
    record Offer(String owner, String namespace, Map<String, Object> attributes) {}

    /** Packages of a bundle: those that it exports, and all that hold classes. */
    record Contents(String owner, Set<String> exported, Set<String> all) {}

    private final List<Offer> offers;
    private final List<Contents> contents;

    Surroundings(List<Offer> offers, List<Contents> contents) {
        this.offers = List.copyOf(offers);
        this.contents = List.copyOf(contents);
    }

    static Surroundings of(BundleContext context) {
        List<Offer> offers = new ArrayList<>();
        List<Contents> contents = new ArrayList<>();
        for (Bundle bundle : context.getBundles()) {
            BundleRevision revision = bundle.adapt(BundleRevision.class);
            if (revision == null) {
                continue;
            }
            Set<String> exported = new TreeSet<>();
            for (BundleCapability capability : revision.getDeclaredCapabilities(null)) {
                offers.add(new Offer(bundle.getSymbolicName(), capability.getNamespace(), capability.getAttributes()));
                if (capability.getAttributes().get(BundleRevision.PACKAGE_NAMESPACE) instanceof String name) {
                    exported.add(name);
                }
            }
            contents.add(new Contents(bundle.getSymbolicName(), exported, packages(bundle)));
        }
        return new Surroundings(offers, contents);
    }

    List<Offer> offers(String namespace) {
        return offers.stream().filter(offer -> offer.namespace().equals(namespace)).toList();
    }

    /** Bundles but one, the one that the jar would replace. */
    List<Contents> others(String symbolicName) {
        return contents.stream().filter(bundle -> !bundle.owner().equals(symbolicName)).toList();
    }

    private static Set<String> packages(Bundle bundle) {
        Set<String> names = new TreeSet<>();
        boolean ours = bundle.getBundleId() != 0 && bundle.getSymbolicName().startsWith("dev.transom.");
        var found = ours ? bundle.findEntries("/", "*.class", true) : null;
        while (found != null && found.hasMoreElements()) {
            String path = found.nextElement().getPath();
            names.add(path.substring(1, Math.max(1, path.lastIndexOf('/'))).replace('/', '.'));
        }
        return names;
    }
}
