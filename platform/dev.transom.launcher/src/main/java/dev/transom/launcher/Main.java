package dev.transom.launcher;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.ToIntFunction;
import org.osgi.framework.BundleException;

/**
 * Starts Felix in this process, runs one command in it and ends with the command's exit code.
 *
 * <p>{@code java -Dtransom.bundles=DIR dev.transom.launcher.Main [--plugin JAR_OR_DIR]... COMMAND [OPTIONS]}
 */
public final class Main {

    private static final int WRONG_USE = 2;
    private static final String PLUGIN = "--plugin";
    /** Set to true: all bundles are started, whatever the command needs. The cache of classes is trained so. */
    private static final String ALL = "transom.start.all";

    private Main() {}

    /** Runs the command and exits the JVM; the only place of Transom that does. */
    public static void main(String[] words) {
        ErrorStream.restore();
        System.exit(run(words));
    }

    private static RunningFramework start(List<Path> places, String[] command) throws IOException, BundleException {
        return RunningFramework.start(BundleJars.in(places), RunningFramework.Streams.ofProcess(), Map.of(),
            command.length == 0 || Boolean.getBoolean(ALL) ? "" : command[0]);
    }

    private static int run(String[] words) {
        List<Path> places = new ArrayList<>();
        places.add(Path.of(System.getProperty("transom.bundles", "bundles")));
        int first = 0;
        while (first < words.length && words[first].equals(PLUGIN)) {
            if (first + 1 == words.length) {
                System.err.println("transom: --plugin must be followed by a jar or a folder of jars; nothing came.");
                return WRONG_USE;
            }
            places.add(Path.of(words[first + 1]).toAbsolutePath());
            first += 2;
        }
        String[] command = List.of(words).subList(first, words.length).toArray(String[]::new);
        try (RunningFramework framework = start(places, command)) {
            ToIntFunction<String[]> door = framework.door();
            return door.applyAsInt(command);
        } catch (IllegalArgumentException | IOException | BundleException failure) {
            if (!ending()) {
                System.err.println("transom: " + failure.getMessage());
            }
            return WRONG_USE;
        } catch (RuntimeException failure) {
            if (!ending()) {
                throw failure;
            }
            return WRONG_USE;
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            return WRONG_USE;
        }
    }

    /** Whether the process was asked to end, as by Ctrl-C: the framework then stops under whatever still runs; that is no news. */
    private static boolean ending() {
        Thread probe = new Thread();
        try {
            Runtime.getRuntime().addShutdownHook(probe);
            Runtime.getRuntime().removeShutdownHook(probe);
            return false;
        } catch (IllegalStateException inShutdown) {
            return true;
        }
    }
}
