package dev.transom.platform.tests;

import dev.transom.launcher.BundleJars;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.jar.JarFile;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What the distribution's build has put together. */
final class Distribution {

    private static final Pattern RUN_BUNDLE = Pattern.compile("^\\s+([\\w.\\-]+);version=", Pattern.MULTILINE);

    private Distribution() {}

    static List<Path> jars() throws IOException {
        return BundleJars.in(List.of(bundles()));
    }

    static Path bundles() {
        Path bundles = folder().resolve("target/bundles");
        if (!Files.isDirectory(bundles)) {
            throw new IllegalStateException(bundles + " must exist; run mvn verify, which builds the distribution first.");
        }
        return bundles;
    }

    static Path jar(String symbolicName) throws IOException {
        for (Path jar : jars()) {
            if (symbolicName(jar).equals(symbolicName)) {
                return jar;
            }
        }
        throw new IllegalStateException("the distribution must hold " + symbolicName + "; it does not.");
    }

    static String symbolicName(Path jar) throws IOException {
        try (JarFile file = new JarFile(jar.toFile())) {
            return file.getManifest().getMainAttributes().getValue("Bundle-SymbolicName").split(";")[0].strip();
        }
    }

    /** The symbolic names of the committed -runbundles. */
    static Set<String> runBundles() throws IOException {
        String run = Files.readString(folder().resolve("transom.bndrun"));
        Set<String> names = new TreeSet<>();
        Matcher line = RUN_BUNDLE.matcher(run.substring(run.indexOf("-runbundles:")));
        while (line.find()) {
            names.add(line.group(1));
        }
        return names;
    }

    private static Path folder() {
        return Path.of(System.getProperty("transom.distribution")).normalize();
    }
}
