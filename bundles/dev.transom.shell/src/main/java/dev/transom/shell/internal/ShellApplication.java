package dev.transom.shell.internal;

import dev.transom.api.application.Application;
import dev.transom.api.application.Session;
import dev.transom.api.capability.ProvidesApplication;
import java.util.concurrent.Callable;
import org.apache.felix.service.command.CommandProcessor;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Contributes {@code transom shell}. */
@Component
@ProvidesApplication(name = "shell")
public final class ShellApplication implements Application {

    private final CommandProcessor processor;
    private final ShellFunctions functions;

    /** Takes Gogo and the functions, so that a shell never opens before its commands are there. */
    @Activate
    public ShellApplication(@Reference CommandProcessor processor, @Reference ShellFunctions functions) {
        this.processor = processor;
        this.functions = functions;
    }

    @Override
    public String name() {
        return "shell";
    }

    @Override
    public String description() {
        return "Opens a shell with all commands and with control over bundles.";
    }

    @Override
    public Callable<Integer> command(Session session) {
        return new ShellCommand(session, processor, functions);
    }
}
