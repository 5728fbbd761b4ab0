package dev.transom.app.plugin.internal.verify;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Whether the jar holds classes in packages of others. */
final class Packages {

    private Packages() {}

    static List<Finding> of(PluginJar jar, Surroundings platform) {
        List<Finding> findings = new ArrayList<>();
        Set<String> own = jar.packages();
        if (own.contains("")) {
            findings.add(Finding.fail("packages", "classes must lie in a package; some lie in none, where nobody can import them."));
        }
        for (Surroundings.Contents other : platform.others(jar.symbolicName())) {
            for (String name : own) {
                boolean exported = other.exported().contains(name);
                if (exported || other.all().contains(name)) {
                    findings.add(Finding.fail("packages", "package " + name + " belongs to " + other.owner() + ", and this jar holds"
                        + " classes in it, so types of one name would exist twice. " + (exported
                            ? "Import it: make the dependency provided, and leave it out of -conditionalpackage and -privatepackage."
                            : "Use a package name of your own.")));
                }
            }
        }
        if (findings.isEmpty()) {
            findings.add(Finding.ok("packages", own.isEmpty() ? "no classes." : own.size() + " of its own, none split with others."));
        }
        return findings;
    }
}
