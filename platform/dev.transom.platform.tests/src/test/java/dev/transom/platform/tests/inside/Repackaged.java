package dev.transom.platform.tests.inside;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.util.jar.JarEntry;
import java.util.jar.JarInputStream;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import org.osgi.framework.Bundle;
import org.osgi.framework.Constants;

/** The jar of a bundle under another version, as its next release would be. */
public final class Repackaged {

    private static final String REFERENCE = "reference:";

    private Repackaged() {}

    static InputStream withVersion(Bundle bundle, String version) throws IOException {
        return new ByteArrayInputStream(withVersion(URI.create(bundle.getLocation().substring(REFERENCE.length())), version));
    }

    /** Returns the bytes of the jar with another Bundle-Version. */
    public static byte[] withVersion(URI jar, String version) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (JarInputStream from = new JarInputStream(jar.toURL().openStream())) {
            Manifest manifest = from.getManifest();
            manifest.getMainAttributes().putValue(Constants.BUNDLE_VERSION, version);
            try (JarOutputStream to = new JarOutputStream(bytes, manifest)) {
                for (JarEntry entry = from.getNextJarEntry(); entry != null; entry = from.getNextJarEntry()) {
                    to.putNextEntry(new JarEntry(entry.getName()));
                    from.transferTo(to);
                    to.closeEntry();
                }
            }
        }
        return bytes.toByteArray();
    }
}
