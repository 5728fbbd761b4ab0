package dev.transom.commands.internal;

import dev.transom.api.Nearest;
import dev.transom.api.application.Application;
import dev.transom.api.application.Commands;
import dev.transom.api.application.Session;
import dev.transom.api.capability.ProvidesApplication;
import dev.transom.api.platform.InstalledBundle;
import dev.transom.api.platform.Platform;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.osgi.framework.Bundle;
import org.osgi.framework.ServiceReference;
import org.osgi.framework.wiring.BundleRevision;
import org.osgi.service.component.ComponentServiceObjects;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.CommandSpec;

/**
 * Finds the application that a command line names, by the capability that its bundle announces: so one command creates
 * one application, not all of them. Of several versions side by side the highest runs. A run holds its service until
 * the command is done, so an update waits for it.
 */
@Component
public final class CommandRunner implements Commands {

    private final Platform platform;

    @Reference(
            cardinality = ReferenceCardinality.MULTIPLE,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    private volatile List<ComponentServiceObjects<Application>> applications = List.of();

    /** Takes the platform, which explains what is missing. */
    @Activate
    public CommandRunner(@Reference Platform platform) {
        this.platform = platform;
    }

    @Override
    public List<Application> list() {
        Map<String, Application> byName = new LinkedHashMap<>();
        for (var candidate : newestFirst()) {
            Application application = candidate.getService();
            if (application != null) {
                byName.putIfAbsent(application.name(), application);
                candidate.ungetService(application);
            }
        }
        return byName.values().stream().sorted(Comparator.comparing(Application::name)).toList();
    }

    @Override
    public int run(Session session, List<String> words) {
        try {
            return dispatch(session, words);
        } finally {
            session.out().flush();
            session.err().flush();
        }
    }

    private int dispatch(Session session, List<String> words) {
        boolean debug = words.contains("--debug");
        List<String> rest = new ArrayList<>(words);
        while (!rest.isEmpty() && rest.getFirst().equals("--debug")) {
            rest.removeFirst();
        }
        String name = rest.isEmpty() ? "--help" : rest.removeFirst();
        return switch (name) {
            case "--help", "-h", "help" -> rest.isEmpty() ? Overview.print(session, list()) : help(session, rest, debug);
            case "--version", "-V" -> Overview.version(session);
            default -> named(session, name, rest, debug);
        };
    }

    private int help(Session session, List<String> rest, boolean debug) {
        return named(session, rest.getFirst(), List.of("--help"), debug);
    }

    private int named(Session session, String name, List<String> arguments, boolean debug) {
        for (var candidate : newestFirst()) {
            if (!couldBring(candidate.getServiceReference(), name)) {
                continue;
            }
            Application application = candidate.getService();
            if (application == null) {
                continue;
            }
            try {
                if (application.name().equals(name)) {
                    return execute(session, application, arguments, debug);
                }
            } finally {
                release(candidate, application);
            }
        }
        session.err().println(unknown(name));
        return Application.WRONG_USE;
    }

    private static void release(ComponentServiceObjects<Application> candidate, Application application) {
        try {
            candidate.ungetService(application);
        } catch (IllegalStateException gone) {
            // The command stopped this very bundle: then the framework has released the service already.
        }
    }

    private int execute(Session session, Application application, List<String> arguments, boolean debug) {
        ErrorSentences errors = new ErrorSentences(session, application.name(), debug, platform);
        try {
            Callable<Integer> command = application.command(session);
            CommandLine line = new CommandLine(command);
            line.setCommandName("transom " + application.name());
            line.getCommandSpec().addMixin("common", CommandSpec.forAnnotatedObject(new CommonOptions()));
            line.setOut(session.out()).setErr(session.err());
            line.setColorScheme(CommandLine.Help.defaultColorScheme(session.ansi() ? Ansi.ON : Ansi.OFF));
            line.setUsageHelpWidth(Math.max(60, Math.min(session.columns(), 120)));
            line.setParameterExceptionHandler((exception, given) -> errors.wrongUse(exception));
            line.setExecutionExceptionHandler((exception, parsed, result) -> errors.failure(exception));
            return line.execute(arguments.toArray(String[]::new));
        } catch (Exception | LinkageError | OutOfMemoryError | StackOverflowError failure) {
            return errors.failure(failure);
        }
    }

    private List<ComponentServiceObjects<Application>> newestFirst() {
        List<ComponentServiceObjects<Application>> sorted = new ArrayList<>(applications);
        sorted.sort(Comparator.comparing(
                (ComponentServiceObjects<Application> c) -> version(c.getServiceReference())).reversed());
        return sorted;
    }

    private static org.osgi.framework.Version version(ServiceReference<?> reference) {
        Bundle bundle = reference.getBundle();
        return bundle == null ? org.osgi.framework.Version.emptyVersion : bundle.getVersion();
    }

    /** An application whose bundle announces other commands only is not even created. */
    private static boolean couldBring(ServiceReference<?> reference, String name) {
        Bundle bundle = reference.getBundle();
        BundleRevision revision = bundle == null ? null : bundle.adapt(BundleRevision.class);
        if (revision == null) {
            return false;
        }
        var announced = revision.getDeclaredCapabilities(ProvidesApplication.NAMESPACE);
        return announced.isEmpty()
                || announced.stream().anyMatch(c -> Announced.values(c.getAttributes().get("name")).contains(name));
    }

    private String unknown(String name) {
        List<InstalledBundle> bundles = platform.bundles();
        if (bundles.stream().anyMatch(b -> b.announces(ProvidesApplication.NAMESPACE, "name", name))) {
            return name + ": the command must be running; it is not. "
                    + platform.whyMissing(ProvidesApplication.NAMESPACE, "name", name);
        }
        List<String> known = bundles.stream()
                .flatMap(b -> b.announces().stream())
                .filter(a -> a.namespace().equals(ProvidesApplication.NAMESPACE))
                .flatMap(a -> a.values().stream())
                .distinct().sorted().toList();
        Optional<String> nearest = Nearest.of(name, known);
        return "transom: a command must be one that an installed bundle brings; got '" + name + "'. "
                + nearest.map(near -> "Did you mean " + near + "?").orElse("List them: transom --help.");
    }
}
