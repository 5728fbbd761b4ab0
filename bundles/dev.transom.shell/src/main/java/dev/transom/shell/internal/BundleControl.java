package dev.transom.shell.internal;

import static dev.transom.shell.internal.BundleNames.words;

import dev.transom.api.TransomException;
import dev.transom.api.application.Session;
import dev.transom.api.platform.InstalledBundle;
import dev.transom.api.platform.Platform;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.service.component.runtime.ServiceComponentRuntime;

/** The words that control bundles: start, stop, install, update, swap, uninstall, why. */
final class BundleControl {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final BundleContext context;
    private final Platform platform;
    private final Foundation foundation;
    private final BundleNames names;
    private final BundleWirings wirings;
    private final Swap swap;
    private final Map<String, Verb> verbs = new TreeMap<>();

    BundleControl(BundleContext context, Platform platform, ServiceComponentRuntime runtime) {
        this.context = context;
        this.platform = platform;
        this.foundation = new Foundation(context.getBundle());
        this.names = new BundleNames(context);
        this.wirings = new BundleWirings(context);
        this.swap = new Swap(context, wirings, new Users(runtime), PATIENCE);
        verbs.put("start", new Verb("start BUNDLE...", "Starts bundles.",
                "start encoder", (words, session) -> each("start", words, this::start)));
        verbs.put("stop", new Verb("stop BUNDLE...", "Stops bundles; their services go.",
                "stop encoder", (words, session) -> each("stop", words, this::stop)));
        verbs.put("uninstall", new Verb("uninstall BUNDLE...", "Stops and removes bundles.",
                "uninstall encoder", (words, session) -> each("uninstall", words, this::uninstall)));
        verbs.put("why", new Verb("why BUNDLE...", "Says whether bundles work and, if not, why.",
                "why kernels.vector", (words, session) -> each("why", words, this::why)));
        verbs.put("install", new Verb("install JAR...", "Installs and starts bundles from jars.",
                "install my-plugin.jar", this::installAll));
        verbs.put("update", new Verb("update BUNDLE JAR", "Replaces a bundle by the one in a jar, at once.",
                "update samplers samplers-1.0.1.jar", this::update));
        verbs.put("swap", new Verb("swap BUNDLE JAR", "Starts a higher version beside a bundle, which goes when nobody uses it.",
                "swap gpt gpt-1.0.1.jar", this::swap));
    }

    Map<String, Verb> verbs() {
        return verbs;
    }

    private interface One {
        String act(Bundle bundle) throws BundleException;
    }

    private List<String> each(String verb, List<String> words, One one) {
        required(verb, words, 1);
        List<Bundle> bundles = words.stream().map(word -> names.find(verb, word)).toList();
        List<String> told = new ArrayList<>();
        for (Bundle bundle : bundles) {
            try {
                told.add(one.act(bundle));
            } catch (BundleException refused) {
                throw new TransomException(verb + ": " + words(bundle) + " must be able to " + verb + "; "
                        + reason(bundle, refused), refused);
            }
        }
        return told;
    }

    private String start(Bundle bundle) throws BundleException {
        bundle.start();
        String problem = problem(bundle);
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
        wirings.refresh(bundle);
        return "Uninstalled " + name + ".";
    }

    private String why(Bundle bundle) {
        InstalledBundle known = described(bundle).orElseThrow(() -> new TransomException("why: " + words(bundle) + " has gone."));
        String state = words(bundle) + " is " + known.state().name().toLowerCase(Locale.ROOT);
        return known.problem().isEmpty() ? state + "." : state + ": it " + known.problem() + ".";
    }

    private List<String> installAll(List<String> words, Session session) {
        required("install", words, 1);
        List<String> told = new ArrayList<>();
        for (String word : words) {
            Jar jar = new Jar("install", session.resolve(Path.of(word)));
            Bundle bundle = null;
            try {
                bundle = jar.install(context);
                told.add("Installed " + words(bundle) + " as number " + bundle.getBundleId() + ".");
                told.add(start(bundle));
            } catch (BundleException refused) {
                throw new TransomException("install: " + word + " must be a bundle that can start; "
                        + reason(bundle, refused), refused);
            }
        }
        return told;
    }

    private List<String> update(List<String> words, Session session) {
        return replace("update", words, session, (bundle, jar) -> {
            String before = words(bundle);
            jar.update(bundle);
            wirings.refresh(bundle);
            return "Updated " + before + " to " + words(bundle) + ".";
        });
    }

    private List<String> swap(List<String> words, Session session) {
        return replace("swap", words, session, (bundle, jar) -> swap.act(bundle, jar, session));
    }

    private interface Replacement {
        String act(Bundle bundle, Jar jar) throws BundleException;
    }

    private List<String> replace(String verb, List<String> words, Session session, Replacement replacement) {
        required(verb, words, 2);
        Bundle bundle = names.find(verb, words.getFirst());
        spare(verb, bundle);
        Jar jar = new Jar(verb, session.resolve(Path.of(words.get(1))));
        try {
            return List.of(replacement.act(bundle, jar));
        } catch (BundleException refused) {
            throw new TransomException(verb + ": " + jar.path() + " must be a bundle that can start; "
                    + reason(null, refused), refused);
        }
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

    /** In words where the platform has some; the framework's own are full of filters. */
    private String reason(Bundle bundle, BundleException refused) {
        String problem = bundle == null ? "" : problem(bundle);
        return problem.isEmpty() ? refused.getMessage() + "." : "it " + problem + ".";
    }

    private String problem(Bundle bundle) {
        return described(bundle).map(InstalledBundle::problem).orElse("");
    }

    private Optional<InstalledBundle> described(Bundle bundle) {
        return platform.bundles().stream().filter(known -> known.id() == bundle.getBundleId()).findFirst();
    }
}
