package dev.transom.app.inspect.internal;

import dev.transom.api.application.Application;
import dev.transom.api.application.Session;
import dev.transom.api.backend.Backends;
import dev.transom.api.capability.ProvidesApplication;
import dev.transom.api.model.Models;
import dev.transom.api.sizing.Sizing;
import dev.transom.graph.Operations;
import java.util.concurrent.Callable;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** The command {@code size}. */
@Component(service = Application.class)
@ProvidesApplication(name = "size")
public final class SizeApplication implements Application {

    @Reference
    private Models models;

    @Reference
    private Operations operations;

    @Reference
    private Backends backends;

    @Reference
    private Sizing sizing;

    @Override
    public String name() {
        return "size";
    }

    @Override
    public String description() {
        return "Says what a model takes and whether it fits, before loading.";
    }

    @Override
    public Callable<Integer> command(Session session) {
        return new SizeCommand(session, models, operations, backends, sizing);
    }
}
