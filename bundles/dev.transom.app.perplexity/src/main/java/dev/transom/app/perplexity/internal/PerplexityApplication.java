package dev.transom.app.perplexity.internal;

import dev.transom.api.application.Application;
import dev.transom.api.application.Progress;
import dev.transom.api.application.Session;
import dev.transom.api.capability.ProvidesApplication;
import dev.transom.api.model.Models;
import dev.transom.api.task.Prediction;
import java.util.concurrent.Callable;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** The command {@code perplexity}. */
@Component(service = Application.class)
@ProvidesApplication(name = "perplexity")
public final class PerplexityApplication implements Application {

    @Reference
    private Models models;

    @Reference
    private Prediction task;

    @Reference
    private Progress.Bars bars;

    @Override
    public String name() {
        return "perplexity";
    }

    @Override
    public String description() {
        return "Says how well a model predicts a text.";
    }

    @Override
    public Callable<Integer> command(Session session) {
        return new PerplexityCommand(session, models, task, bars);
    }
}
