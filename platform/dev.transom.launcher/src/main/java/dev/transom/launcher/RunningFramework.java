package dev.transom.launcher;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Hashtable;
import java.util.List;
import java.util.Map;
import java.util.function.ToIntFunction;
import org.apache.felix.framework.FrameworkFactory;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.Constants;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceReference;
import org.osgi.framework.launch.Framework;
import org.osgi.framework.wiring.BundleRevision;
import org.osgi.framework.wiring.FrameworkWiring;

/**
 * A framework with all bundles started. Its cache is a fresh folder of this process, deleted at the end: a kept one
 * saves nothing at start, and two processes would share it.
 */
public final class RunningFramework implements AutoCloseable {

    private static final String DOOR = "(dev.transom.main=true)";
    private static final long STOP_MILLIS = 5_000;

    /** The streams of a process, or of a test. */
    public record Streams(InputStream in, PrintStream out, PrintStream err) {

        static Streams ofProcess() {
            return new Streams(System.in, System.out, System.err);
        }
    }

    private final Framework framework;
    private final Path cache;
    private final Thread hook = new Thread(this::stop, "transom-stop");

    private RunningFramework(Framework framework, Path cache) {
        this.framework = framework;
        this.cache = cache;
    }

    /**
     * Starts the framework and every bundle that can be resolved.
     *
     * @param jars bundles, read where they lie
     * @param streams what commands read and write
     * @param more further properties of the framework
     */
    public static RunningFramework start(List<Path> jars, Streams streams, Map<String, String> more)
            throws IOException, BundleException {
        return start(jars, streams, more, "");
    }

    /** Starts the framework and, of the bundles that can be resolved, those that a command needs. */
    static RunningFramework start(List<Path> jars, Streams streams, Map<String, String> more, String command)
            throws IOException, BundleException {
        StartTrace trace = StartTrace.ofProcess(streams.err());
        trace.done("Java runs");
        Path cache = CacheFolder.create();
        Map<String, String> configuration = configuration(cache);
        configuration.putAll(more);
        Framework framework = new FrameworkFactory().newFramework(configuration);
        RunningFramework running = new RunningFramework(framework, cache);
        Runtime.getRuntime().addShutdownHook(running.hook);
        framework.start();
        trace.done("framework runs");
        running.offer(InputStream.class, streams.in(), "in");
        running.offer(PrintStream.class, streams.out(), "out");
        running.offer(PrintStream.class, streams.err(), "err");
        running.install(jars, command, trace);
        return running;
    }

    private static Map<String, String> configuration(Path cache) {
        Map<String, String> configuration = new HashMap<>();
        configuration.put(Constants.FRAMEWORK_STORAGE, cache.toString());
        configuration.put(Constants.FRAMEWORK_STORAGE_CLEAN, Constants.FRAMEWORK_STORAGE_CLEAN_ONFIRSTINIT);
        // What goes wrong is told by "transom bundles" in words; Felix would print it on the output of the command.
        configuration.put("felix.log.level", "0");
        // A component that nobody uses at the moment keeps its loaded model for the next command of the shell.
        configuration.put("ds.delayed.keepInstances", "true");
        return configuration;
    }

    private <T> void offer(Class<T> type, T stream, String name) {
        framework.getBundleContext().registerService(type, stream, new Hashtable<>(Map.of("dev.transom.stream", name)));
    }

    private void install(List<Path> jars, String command, StartTrace trace) throws BundleException {
        BundleContext context = framework.getBundleContext();
        List<Bundle> bundles = new ArrayList<>();
        for (Path jar : jars) {
            try {
                // By reference: the jar is read where it lies, not copied.
                bundles.add(context.installBundle("reference:" + jar.toUri()));
            } catch (BundleException refused) {
                throw new BundleException(jar + " must be a bundle that is not installed yet; " + refused.getMessage(), refused);
            }
        }
        trace.done(bundles.size() + " bundles are installed");
        List<Bundle> needed = NeededBundles.of(bundles, command);
        // All at once is quicker than one by one, and one that cannot be resolved does not keep the others back.
        framework.adapt(FrameworkWiring.class).resolveBundles(needed);
        trace.done("bundles are resolved");
        for (Bundle bundle : needed) {
            if (bundle.getState() == Bundle.RESOLVED && !fragment(bundle)) {
                startOne(bundle);
            }
        }
        trace.done("bundles are started");
    }

    private static boolean fragment(Bundle bundle) {
        return (bundle.adapt(BundleRevision.class).getTypes() & BundleRevision.TYPE_FRAGMENT) != 0;
    }

    private static void startOne(Bundle bundle) {
        try {
            bundle.start();
        } catch (BundleException failed) {
            System.err.println("transom: " + bundle.getSymbolicName() + " must start; it did not: " + failed.getMessage());
        }
    }

    /** Returns the framework's own context, for what is done from outside. */
    public BundleContext context() {
        return framework.getBundleContext();
    }

    /** Returns the service of dev.transom.commands that runs a command line. */
    @SuppressWarnings("unchecked")
    public ToIntFunction<String[]> door() {
        BundleContext context = framework.getBundleContext();
        try {
            for (ServiceReference<?> door : context.getServiceReferences(ToIntFunction.class, DOOR)) {
                return (ToIntFunction<String[]>) context.getService(door);
            }
        } catch (InvalidSyntaxException impossible) {
            throw new IllegalStateException(impossible);
        }
        throw new IllegalArgumentException("bundle dev.transom.commands must run; it does not. "
                + "Build the distribution again: mvn -q -DskipTests package.");
    }

    @Override
    public void close() throws InterruptedException {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException ending) {
            // The hook is at work already: the process was asked to end.
            return;
        }
        stop();
    }

    private void stop() {
        try {
            framework.stop();
            framework.waitForStop(STOP_MILLIS);
        } catch (BundleException | InterruptedException goesOn) {
            // The process ends in any case; what remains is to remove the cache.
        }
        try {
            CacheFolder.delete(cache);
        } catch (IOException left) {
            System.err.println("transom: the folder " + cache + " could not be deleted; " + left.getMessage());
        }
    }
}
