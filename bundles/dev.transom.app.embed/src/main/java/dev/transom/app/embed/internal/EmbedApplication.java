package dev.transom.app.embed.internal;

import dev.transom.api.application.Application;
import dev.transom.api.application.Session;
import dev.transom.api.capability.ProvidesApplication;
import dev.transom.api.model.Models;
import dev.transom.api.task.Embedding;
import java.util.concurrent.Callable;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** The command {@code embed}. */
@Component(service = Application.class)
@ProvidesApplication(name = "embed")
public final class EmbedApplication implements Application {

    @Reference
    private Models models;

    @Reference
    private Embedding task;

    @Override
    public String name() {
        return "embed";
    }

    @Override
    public String description() {
        return "Prints the vector of each text.";
    }

    @Override
    public Callable<Integer> command(Session session) {
        return new EmbedCommand(session, models, task);
    }
}
