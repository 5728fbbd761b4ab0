package dev.transom.app.plugin.internal.verify;

import java.util.ArrayList;
import java.util.List;
import org.osgi.framework.Version;

/** Whether it is a bundle, and what it exports. */
final class Headers {

    private Headers() {}

    static List<Finding> of(PluginJar jar) {
        List<Finding> findings = new ArrayList<>();
        findings.add(identity(jar));
        for (Clause exported : Clause.of(jar.header("Export-Package"))) {
            for (String name : exported.paths()) {
                if (!exported.attributes().containsKey("version")) {
                    findings.add(Finding.warn("exports", "package " + name + " is exported without a version, so whoever imports it"
                        + " takes any; put @Version on its package-info.java."));
                }
                if (internal(name)) {
                    findings.add(Finding.warn("exports", "package " + name + " is called internal and exported all the same;"
                        + " rename it or take away its @Export."));
                }
            }
        }
        return findings;
    }

    static boolean internal(String packageName) {
        return packageName.endsWith(".internal") || packageName.contains(".internal.");
    }

    private static Finding identity(PluginJar jar) {
        String name = jar.symbolicName();
        if (name.isEmpty() || !"2".equals(jar.header("Bundle-ManifestVersion"))) {
            return Finding.fail("bundle", "the manifest must have Bundle-ManifestVersion: 2 and a Bundle-SymbolicName; this jar is no"
                + " bundle. Build it with bnd-maven-plugin, whose manifest maven-jar-plugin must take (manifestFile).");
        }
        String version = jar.header("Bundle-Version");
        try {
            return version == null
                ? Finding.warn("bundle", name + " has no Bundle-Version and counts as 0.0.0, so no update could replace it; give it one.")
                : Finding.ok("bundle", name + " " + Version.parseVersion(version) + ".");
        } catch (IllegalArgumentException wrong) {
            return Finding.fail("bundle", "Bundle-Version of " + name + " must be of the form 1.2.3.qualifier; it is " + version
                + ". Correct the version in the pom.");
        }
    }
}
