package dev.transom.shell.internal;

import dev.transom.api.TransomException;
import dev.transom.api.application.Session;
import dev.transom.api.platform.InstalledBundle;
import dev.transom.api.platform.Platform;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.Constants;
import org.osgi.framework.FrameworkEvent;
import org.osgi.framework.wiring.FrameworkWiring;

/** Starts, stops, installs, updates and uninstalls bundles by name, by name:version or by number. */
final class BundleControl {

    private static final long REFRESH_SECONDS = 30;

    private final BundleContext context;
    private final Platform platform;
    private final Foundation foundation;
    private final Map<String, Verb> verbs = new TreeMap<>();

    BundleControl(BundleContext context, Platform platform) {
        this.context = context;
        this.platform = platform;
        this.foundation = new Foundation(context.getBundle());
        verbs.put("start", new Verb("start BUNDLE...", "Starts bundles.",
                "start dev.transom.architecture.encoder", (words, session) -> each("start", words, this::start)));
        verbs.put("stop", new Verb("stop BUNDLE...", "Stops bundles; their services go.",
                "stop dev.transom.architecture.encoder", (words, session) -> each("stop", words, this::stop)));
        verbs.put("uninstall", new Verb("uninstall BUNDLE...", "Stops and removes bundles.",
                "uninstall dev.transom.architecture.encoder", (words, session) -> each("uninstall", words, this::uninstall)));
        verbs.put("install", new Verb("install JAR...", "Installs and starts bundles from jars.",
                "install my-plugin.jar", this::installAll));
        verbs.put("update", new Verb("update BUNDLE JAR", "Replaces a bundle by the one in a jar.",
                "update dev.transom.samplers samplers-1.0.1.jar", this::update));
    }

    /** What a verb does with the words behind it; returns sentences for the user. */
    interface Action {
        List<String> act(List<String> words, Session session);
    }

    record Verb(String usage, String summary, String example, Action action) {

        String help() {
            return "Usage: " + usage + System.lineSeparator() + summary
                    + " BUNDLE is a name, name:version or number; JAR is a path." + System.lineSeparator()
                    + "Example: " + example;
        }

        List<String> act(List<String> words, Session session) {
            return action.act(words, session);
        }
    }

    Map<String, Verb> verbs() {
        return verbs;
    }

    private interface One {
        String act(Bundle bundle) throws BundleException;
    }

    private List<String> each(String verb, List<String> words, One one) {
        required(verb, words, 1);
        List<Bundle> bundles = words.stream().map(word -> find(verb, word)).toList();
        List<String> told = new ArrayList<>();
        for (Bundle bundle : bundles) {
            try {
                told.add(one.act(bundle));
            } catch (BundleException refused) {
                throw new TransomException(verb + ": " + words(bundle) + " must be able to " + verb + "; "
                        + problem(bundle, refused), refused);
            }
        }
        return told;
    }

    private String start(Bundle bundle) throws BundleException {
        bundle.start();
        String problem = described(bundle);
        return "Started " + words(bundle) + (problem.isEmpty() ? "." : ", but it " + problem + ".");
    }

    private String stop(Bundle bundle) throws BundleException {
        spare("stop", bundle);
        bundle.stop();
        return "Stopped " + words(bundle) + ".";
    }

    private String uninstall(Bundle bundle) throws BundleException {
        String name = words(bundle);
        spare("uninstall", bundle);
        bundle.uninstall();
        refresh(bundle);
        return "Uninstalled " + name + ".";
    }

    private List<String> installAll(List<String> words, Session session) {
        required("install", words, 1);
        List<String> told = new ArrayList<>();
        for (String word : words) {
            Path jar = session.resolve(Path.of(word));
            try (InputStream bytes = open("install", jar)) {
                Bundle bundle = context.getBundle(Constants.SYSTEM_BUNDLE_LOCATION).getBundleContext()
                        .installBundle(jar.toUri().toString(), bytes);
                told.add("Installed " + words(bundle) + " as number " + bundle.getBundleId() + ".");
                bundle.start();
                told.add(start(bundle));
            } catch (BundleException refused) {
                throw new TransomException("install: " + word + " must be a bundle that can start; " + reason(refused), refused);
            } catch (IOException unreadable) {
                throw new TransomException("install: " + jar + " must be readable; " + unreadable.getMessage(), unreadable);
            }
        }
        return told;
    }

    private List<String> update(List<String> words, Session session) {
        required("update", words, 2);
        Bundle bundle = find("update", words.getFirst());
        spare("update", bundle);
        String before = words(bundle);
        Path jar = session.resolve(Path.of(words.get(1)));
        try (InputStream bytes = open("update", jar)) {
            bundle.update(bytes);
            refresh(bundle);
            return List.of("Updated " + before + " to " + words(bundle) + ".");
        } catch (BundleException refused) {
            throw new TransomException("update: " + jar + " must be a bundle that can start; " + reason(refused), refused);
        } catch (IOException unreadable) {
            throw new TransomException("update: " + jar + " must be readable; " + unreadable.getMessage(), unreadable);
        }
    }

    private static InputStream open(String verb, Path jar) throws IOException {
        if (!Files.isRegularFile(jar)) {
            throw new TransomException(verb + ": the jar must exist; there is no file " + jar + ". Check the path.");
        }
        return Files.newInputStream(jar);
    }

    /** Waits, so that the next line of a script meets the new wiring. */
    private void refresh(Bundle bundle) {
        CountDownLatch done = new CountDownLatch(1);
        context.getBundle(Constants.SYSTEM_BUNDLE_LOCATION).adapt(FrameworkWiring.class)
                .refreshBundles(List.of(bundle), event -> {
                    if (event.getType() == FrameworkEvent.PACKAGES_REFRESHED) {
                        done.countDown();
                    }
                });
        try {
            done.await(REFRESH_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    private Bundle find(String verb, String word) {
        int colon = word.indexOf(':');
        String name = colon < 0 ? word : word.substring(0, colon);
        List<Bundle> found = Arrays.stream(context.getBundles())
                .filter(bundle -> bundle.getBundleId() != 0)
                .filter(bundle -> name.equals(bundle.getSymbolicName()) || word.equals(String.valueOf(bundle.getBundleId())))
                .filter(bundle -> colon < 0 || bundle.getVersion().toString().equals(word.substring(colon + 1)))
                .toList();
        if (found.isEmpty()) {
            throw new TransomException(verb + ": the bundle must be installed; there is no '" + word
                    + "'. See the names: bundles.");
        }
        if (found.size() > 1) {
            throw new TransomException(verb + ": one bundle must be meant; '" + word + "' is "
                    + String.join(" and ", found.stream().map(BundleControl::words).toList())
                    + ". Add the version: " + name + ":" + found.getFirst().getVersion() + ".");
        }
        return found.getFirst();
    }

    private void spare(String verb, Bundle bundle) {
        if (foundation.contains(bundle)) {
            throw new TransomException(verb + ": the shell cannot " + verb + " what it stands on; got " + words(bundle)
                    + ". Leave the shell and exchange the jar.");
        }
    }

    private static void required(String verb, List<String> words, int count) {
        if (words.size() < count) {
            throw new TransomException(verb + ": " + count + " word" + (count > 1 ? "s" : "") + " must follow; got "
                    + words.size() + ". See: " + verb + " --help.");
        }
    }

    private String problem(Bundle bundle, BundleException refused) {
        String told = described(bundle);
        return told.isEmpty() ? reason(refused) : "it " + told + ".";
    }

    private String described(Bundle bundle) {
        return platform.bundles().stream()
                .filter(known -> known.id() == bundle.getBundleId())
                .map(InstalledBundle::problem)
                .findFirst().orElse("");
    }

    private static String reason(BundleException refused) {
        return refused.getMessage() + ".";
    }

    private static String words(Bundle bundle) {
        return bundle.getSymbolicName() + " " + bundle.getVersion();
    }
}
