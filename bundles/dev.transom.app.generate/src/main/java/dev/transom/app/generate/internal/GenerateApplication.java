package dev.transom.app.generate.internal;

import dev.transom.api.application.Application;
import dev.transom.api.application.Session;
import dev.transom.api.capability.ProvidesApplication;
import dev.transom.api.engine.Engines;
import dev.transom.api.task.TextGeneration;
import java.util.concurrent.Callable;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** The command {@code generate}. */
@Component(service = Application.class)
@ProvidesApplication(name = "generate", alone = true)
public final class GenerateApplication implements Application {

    @Reference
    private Engines engines;

    @Reference
    private TextGeneration task;

    @Override
    public String name() {
        return "generate";
    }

    @Override
    public String description() {
        return "Continues a text with a model.";
    }

    @Override
    public Callable<Integer> command(Session session) {
        return new GenerateCommand(session, engines, task);
    }
}
