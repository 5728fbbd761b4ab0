package dev.transom.shell.internal;

import dev.transom.api.TransomException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.Constants;

/** A jar that a user names, as the new content of a bundle. */
record Jar(String verb, Path path) {

    /** Installs it as a bundle of the framework, which stays when the shell goes; never as one that was installed before. */
    Bundle install(BundleContext context) throws BundleException {
        try (InputStream bytes = open()) {
            return context.getBundle(Constants.SYSTEM_BUNDLE_LOCATION).getBundleContext()
                    .installBundle(path.toUri() + "#" + System.nanoTime(), bytes);
        } catch (IOException unreadable) {
            throw unreadable(unreadable);
        }
    }

    void update(Bundle bundle) throws BundleException {
        try (InputStream bytes = open()) {
            bundle.update(bytes);
        } catch (IOException unreadable) {
            throw unreadable(unreadable);
        }
    }

    private InputStream open() throws IOException {
        if (!Files.isRegularFile(path)) {
            throw new TransomException(verb + ": the jar must exist; there is no file " + path + ". Check the path.");
        }
        return Files.newInputStream(path);
    }

    private TransomException unreadable(IOException cause) {
        return new TransomException(verb + ": " + path + " must be readable; " + cause.getMessage(), cause);
    }
}
