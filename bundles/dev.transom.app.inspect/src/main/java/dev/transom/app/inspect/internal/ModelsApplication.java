package dev.transom.app.inspect.internal;

import dev.transom.api.application.Application;
import dev.transom.api.application.Session;
import dev.transom.api.capability.ProvidesApplication;
import dev.transom.api.model.Models;
import java.util.concurrent.Callable;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** The command {@code models}. */
@Component(service = Application.class)
@ProvidesApplication(name = "models")
public final class ModelsApplication implements Application {

    @Reference
    private Models models;

    @Override
    public String name() {
        return "models";
    }

    @Override
    public String description() {
        return "Lists the models that can be opened by name.";
    }

    @Override
    public Callable<Integer> command(Session session) {
        return new ModelsCommand(session, models);
    }
}
