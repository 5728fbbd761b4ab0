package dev.transom.app.plugin.internal;

import dev.transom.api.application.Session;
import dev.transom.api.plugin.Plugins;
import dev.transom.app.plugin.internal.verify.VerifyCommand;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Its subcommands do the work; alone it prints what they are. */
@Command(name = "plugin", description = "Finds, installs, updates, removes and makes plugins, while everything runs.",
    subcommands = {VerifyCommand.class},
    footer = {"", "Example:", "  transom plugin search bert"})
public final class PluginCommand implements Callable<Integer> {

    private final Session session;
    private final Plugins plugins;

    @Spec
    private CommandSpec spec;

    PluginCommand(Session session, Plugins plugins) {
        this.session = session;
        this.plugins = plugins;
    }

    /** Streams and directory of this run. */
    public Session session() {
        return session;
    }

    /** The service that does the work. */
    public Plugins plugins() {
        return plugins;
    }

    @Override
    public Integer call() {
        spec.commandLine().usage(session.out());
        return CommandLine.ExitCode.OK;
    }
}
