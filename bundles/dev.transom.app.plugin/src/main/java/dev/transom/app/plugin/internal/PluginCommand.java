package dev.transom.app.plugin.internal;

import dev.transom.api.application.Session;
import dev.transom.app.plugin.internal.verify.VerifyCommand;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Its subcommands do the work; alone it prints what they are. */
@Command(name = "plugin", description = "Says whether a plugin's jar would work here.",
    subcommands = {VerifyCommand.class},
    footer = {"", "Example:", "  transom plugin verify my-plugin-1.0.0.jar"})
public final class PluginCommand implements Callable<Integer> {

    private final Session session;

    @Spec
    private CommandSpec spec;

    PluginCommand(Session session) {
        this.session = session;
    }

    /** Streams and directory of this run. */
    public Session session() {
        return session;
    }

    @Override
    public Integer call() {
        spec.commandLine().usage(session.out());
        return CommandLine.ExitCode.OK;
    }
}
