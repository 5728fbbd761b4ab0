package dev.transom.app.plugin.internal;

import dev.transom.api.application.Application;
import dev.transom.api.application.Session;
import dev.transom.api.capability.ProvidesApplication;
import java.util.concurrent.Callable;
import org.osgi.service.component.annotations.Component;

/** Contributes {@code transom plugin}. */
@Component
@ProvidesApplication(name = "plugin")
public final class PluginApplication implements Application {

    @Override
    public String name() {
        return "plugin";
    }

    @Override
    public String description() {
        return "Says whether a plugin's jar would work here.";
    }

    @Override
    public Callable<Integer> command(Session session) {
        return new PluginCommand(session);
    }
}
