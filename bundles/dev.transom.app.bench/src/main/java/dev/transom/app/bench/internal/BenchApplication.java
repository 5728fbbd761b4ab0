package dev.transom.app.bench.internal;

import dev.transom.api.application.Application;
import dev.transom.api.application.Session;
import dev.transom.api.backend.Backends;
import dev.transom.api.capability.ProvidesApplication;
import dev.transom.api.engine.Engines;
import dev.transom.api.model.Models;
import dev.transom.graph.Operations;
import java.util.concurrent.Callable;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** The command {@code bench}. */
@Component(service = Application.class)
@ProvidesApplication(name = "bench")
public final class BenchApplication implements Application {

    @Reference
    private Engines engines;

    @Reference
    private Backends backends;

    @Reference
    private Models models;

    @Reference
    private Operations operations;

    @Override
    public String name() {
        return "bench";
    }

    @Override
    public String description() {
        return "Measures the speed and memory of models and operations.";
    }

    @Override
    public Callable<Integer> command(Session session) {
        return new BenchCommand(new Surroundings(session, engines, backends, models, operations));
    }
}
