package dev.transom.app.plugin.internal.verify;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.Version;
import org.osgi.framework.VersionRange;
import org.osgi.framework.wiring.BundleRevision;

/** Whether what the manifest requires is there. */
final class Requirements {

    private final PluginJar jar;
    private final Surroundings platform;
    private final List<Finding> findings = new ArrayList<>();
    private int met;

    Requirements(PluginJar jar, Surroundings platform) {
        this.jar = jar;
        this.platform = platform;
    }

    List<Finding> findings() {
        Clause.of(jar.header("Import-Package")).forEach(clause -> clause.paths().forEach(name -> imported(name, clause)));
        for (Clause fragile : Clause.of(jar.header("Require-Bundle"))) {
            findings.add(Finding.warn("imports", "Require-Bundle " + fragile.path() + " binds the plugin to one bundle with all its"
                + " packages; import packages instead."));
        }
        for (Clause dynamic : Clause.of(jar.header("DynamicImport-Package"))) {
            findings.add(Finding.warn("imports", "DynamicImport-Package " + dynamic.path() + " is resolved only while it runs, so"
                + " nobody can say now whether it will work; import packages instead."));
        }
        Clause.of(jar.header("Require-Capability")).forEach(this::required);
        if (findings.stream().noneMatch(finding -> finding.verdict() == Finding.Verdict.FAIL)) {
            findings.add(Finding.ok("imports", "all " + met + " imports and requirements are met by the running platform."));
        }
        return findings;
    }

    private void imported(String name, Clause clause) {
        List<Version> offered = platform.offers(BundleRevision.PACKAGE_NAMESPACE).stream()
            .filter(offer -> name.equals(offer.attributes().get(BundleRevision.PACKAGE_NAMESPACE)))
            .map(offer -> (Version) offer.attributes().get("version")).toList();
        String wanted = clause.attributes().getOrDefault("version", "0");
        boolean own = Clause.of(jar.header("Export-Package")).stream().anyMatch(exported -> exported.paths().contains(name));
        VersionRange range;
        try {
            range = new VersionRange(wanted);
        } catch (IllegalArgumentException wrong) {
            findings.add(Finding.fail("imports", "the version of the import " + name + " must be a range; it is " + wanted
                + ". Let bnd write it."));
            return;
        }
        if (own || offered.stream().anyMatch(range::includes)) {
            met++;
        } else if (!clause.optional()) {
            findings.add(Finding.fail("imports", missing(name, wanted, offered)));
        }
    }

    private String missing(String name, String wanted, List<Version> offered) {
        String asked = "package " + name + (wanted.equals("0") ? "" : " " + wanted);
        if (!offered.isEmpty()) {
            return asked + " is required; here it is " + offered.stream().map(Version::toString).collect(Collectors.joining(" and "))
                + ". Build the plugin against this version of the platform.";
        }
        return platform.others(jar.symbolicName()).stream().filter(bundle -> bundle.all().contains(name)).findFirst()
            .map(owner -> asked + " is required; " + owner.owner() + " keeps it to itself. Use published packages only.")
            .orElse(asked + " is required; no installed bundle exports it. Install one that does, or embed it with bnd's"
                + " -conditionalpackage.");
    }

    private void required(Clause clause) {
        String filter = clause.directives().getOrDefault("filter", "");
        boolean service = clause.path().equals("osgi.service");
        try {
            boolean there = !clause.directives().containsKey("filter")
                ? !platform.offers(clause.path()).isEmpty()
                : offersOf(clause.path()).stream().anyMatch(matcher(filter));
            if (there) {
                met++;
            } else if (!clause.optional() && !clause.path().equals("osgi.ee")) {
                String sentence = "capability " + clause.path() + " " + filter + " is required; no installed bundle provides it.";
                findings.add(service
                    ? Finding.warn("services", sentence + " A component waits until one does.")
                    : Finding.fail("imports", sentence + " Install one that does."));
            }
        } catch (InvalidSyntaxException wrong) {
            findings.add(Finding.fail("imports", "the filter of the requirement " + clause.path() + " must be an LDAP filter; it is "
                + filter + ". Let bnd write it."));
        }
    }

    private static java.util.function.Predicate<Map<String, Object>> matcher(String filter) throws InvalidSyntaxException {
        var compiled = FrameworkUtil.createFilter(filter);
        return compiled::matches;
    }

    /** Those of the platform, and those of the jar itself as far as they are lists or texts. */
    private List<Map<String, Object>> offersOf(String namespace) {
        List<Map<String, Object>> all = new ArrayList<>();
        platform.offers(namespace).forEach(offer -> all.add(offer.attributes()));
        Clause.of(jar.header("Provide-Capability")).stream().filter(own -> own.path().equals(namespace)).forEach(own -> {
            Map<String, Object> attributes = new HashMap<>();
            own.attributes().keySet().forEach(name -> attributes.put(name, own.list(name)));
            all.add(attributes);
        });
        return all;
    }
}
