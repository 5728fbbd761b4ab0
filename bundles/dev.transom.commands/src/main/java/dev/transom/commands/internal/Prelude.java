package dev.transom.commands.internal;

import java.util.concurrent.CompletableFuture;
import org.osgi.annotation.bundle.Header;
import org.osgi.framework.BundleActivator;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;

/**
 * Brings the classes of the command line into being while the other bundles still start. They are of a format so old that
 * no cache of classes takes them: loading costs a tenth of a second. A thread of Java's own pool does it, for Felix may hold
 * on to a thread that has loaded classes, and one of ours would hold this bundle.
 */
@Header(name = Constants.BUNDLE_ACTIVATOR, value = "${@class}")
public final class Prelude implements BundleActivator {

    @Override
    public void start(BundleContext context) {
        CompletableFuture.runAsync(Prelude::parse);
    }

    @Override
    public void stop(BundleContext context) {
        // Nothing is kept.
    }

    private static void parse() {
        CommandLine line = new CommandLine(CommandSpec.create());
        line.getCommandSpec().addMixin("common", CommandSpec.forAnnotatedObject(new CommonOptions()));
        line.parseArgs("--debug");
    }
}
