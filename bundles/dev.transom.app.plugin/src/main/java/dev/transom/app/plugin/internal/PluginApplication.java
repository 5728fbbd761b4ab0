package dev.transom.app.plugin.internal;

import dev.transom.api.application.Application;
import dev.transom.api.application.Session;
import dev.transom.api.capability.ProvidesApplication;
import dev.transom.api.plugin.Plugins;
import java.util.concurrent.Callable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Contributes {@code transom plugin}. */
@Component
@ProvidesApplication(name = "plugin")
public final class PluginApplication implements Application {

    private final Plugins plugins;

    /** Takes the service that does the work. */
    @Activate
    public PluginApplication(@Reference Plugins plugins) {
        this.plugins = plugins;
    }

    @Override
    public String name() {
        return "plugin";
    }

    @Override
    public String description() {
        return "Finds, installs, updates, removes and makes plugins.";
    }

    @Override
    public Callable<Integer> command(Session session) {
        return new PluginCommand(session, plugins);
    }
}
