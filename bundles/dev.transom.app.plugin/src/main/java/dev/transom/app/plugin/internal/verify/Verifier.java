package dev.transom.app.plugin.internal.verify;

import java.util.ArrayList;
import java.util.List;

/** Looks at a jar from all sides without installing it and without running anything of it. */
final class Verifier {

    private final Surroundings platform;
    private final int java;

    /**
     * @param platform what is installed
     * @param java     feature number of the running Java
     */
    Verifier(Surroundings platform, int java) {
        this.platform = platform;
        this.java = java;
    }

    /** What was found, in the order in which a person asks. */
    List<Finding> verify(PluginJar jar) {
        List<Finding> findings = new ArrayList<>(Headers.of(jar));
        findings.addAll(new Requirements(jar, platform).findings());
        findings.addAll(Packages.of(jar, platform));
        findings.addAll(new Announcements(jar).findings());
        findings.addAll(new Code(jar, java).findings());
        findings.add(Finding.ok("sha256", jar.sha256()));
        findings.add(Signature.of(jar));
        return findings;
    }
}
