package dev.transom.app.inspect.internal;

import dev.transom.api.application.Application;
import dev.transom.api.application.Session;
import dev.transom.api.capability.ProvidesApplication;
import dev.transom.api.model.Models;
import dev.transom.graph.Operations;
import java.util.concurrent.Callable;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** The command {@code inspect}. */
@Component(service = Application.class)
@ProvidesApplication(name = "inspect")
public final class InspectApplication implements Application {

    @Reference
    private Models models;

    @Reference
    private Operations operations;

    @Override
    public String name() {
        return "inspect";
    }

    @Override
    public String description() {
        return "Shows what is in a model: recipe, heads, tensors, graph.";
    }

    @Override
    public Callable<Integer> command(Session session) {
        return new InspectCommand(session, models, operations);
    }
}
