package dev.transom.shell.internal;

import static dev.transom.shell.internal.BundleNames.words;

import dev.transom.api.TransomException;
import dev.transom.api.application.Session;
import java.time.Duration;
import java.util.Set;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;

/**
 * Replaces a bundle without a pause: the new version is started beside the old one and takes what comes from now on; the old
 * one goes when nobody leases its services any more.
 */
record Swap(BundleContext context, BundleWirings wirings, Users users, Duration patience) {

    private static final long LOOK_MILLIS = 20;

    /** Returns the last sentence; what happens meanwhile is told at once. */
    String act(Bundle old, Jar jar, Session session) throws BundleException {
        Bundle fresh = jar.install(context);
        try {
            accepted(old, fresh);
            fresh.start();
        } catch (BundleException | TransomException refused) {
            fresh.uninstall();
            throw refused;
        }
        tell(session, "Started " + words(fresh) + " beside " + words(old) + "; it takes what comes from now on.");
        Set<String> leasing = awaitDrained(old);
        if (!leasing.isEmpty()) {
            throw new TransomException("swap: " + words(old) + " must be unused before it goes; " + String.join(", ", leasing)
                    + " still works with it after " + patience.toSeconds() + " s. Both stay; remove it later: uninstall "
                    + old.getSymbolicName() + ":" + old.getVersion() + ".");
        }
        String name = words(old);
        old.uninstall();
        wirings.refresh(old);
        return "Uninstalled " + name + ", which nobody used any more.";
    }

    private static void accepted(Bundle old, Bundle fresh) {
        if (!old.getSymbolicName().equals(fresh.getSymbolicName()) || fresh.getVersion().compareTo(old.getVersion()) <= 0) {
            throw new TransomException("swap: the jar must hold a higher version of " + words(old) + "; it holds " + words(fresh)
                    + ". Raise Bundle-Version, or use update.");
        }
    }

    private Set<String> awaitDrained(Bundle old) {
        long end = System.nanoTime() + patience.toNanos();
        Set<String> leasing = users.of(old);
        try {
            while (!leasing.isEmpty() && System.nanoTime() < end) {
                Thread.sleep(LOOK_MILLIS);
                leasing = users.of(old);
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
        return leasing;
    }

    private static void tell(Session session, String sentence) {
        session.out().println(sentence);
        session.out().flush();
    }
}
