package dev.transom.app.plugin.internal.verify;

/** Who vouches for the jar. */
final class Signature {

    private Signature() {}

    static Finding of(PluginJar jar) {
        if (jar.signers() == null) {
            return Finding.fail("signature", "a file must be as it was signed; it was changed afterwards. Get the jar again from where"
                + " it comes.");
        }
        if (jar.unsigned().isEmpty() && !jar.signers().isEmpty()) {
            return Finding.ok("signature", "signed by " + String.join(" and ", jar.signers()) + ".");
        }
        if (jar.unsigned().size() < jar.entries().stream().filter(name -> !name.startsWith("META-INF/")).count()) {
            return Finding.fail("signature", "all files or none must be signed by the same; nobody signed " + jar.unsigned().getFirst()
                + (jar.unsigned().size() > 1 ? " and " + (jar.unsigned().size() - 1) + " more" : "") + ". Sign the jar after it is"
                + " complete.");
        }
        return Finding.warn("signature", "unsigned, so a repository that wants signatures will not offer it; sign it with jarsigner.");
    }
}
