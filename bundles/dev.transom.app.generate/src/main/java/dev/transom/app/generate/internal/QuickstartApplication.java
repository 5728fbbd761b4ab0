package dev.transom.app.generate.internal;

import dev.transom.api.application.Application;
import dev.transom.api.application.Session;
import dev.transom.api.capability.ProvidesApplication;
import dev.transom.api.engine.Engines;
import dev.transom.api.task.TextGeneration;
import java.util.concurrent.Callable;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** The command {@code quickstart}. */
@Component(service = Application.class)
@ProvidesApplication(name = "quickstart", alone = true)
public final class QuickstartApplication implements Application {

    @Reference
    private Engines engines;

    @Reference
    private TextGeneration task;

    @Override
    public String name() {
        return "quickstart";
    }

    @Override
    public String description() {
        return "Lets the embedded model answer, and says what ran.";
    }

    @Override
    public Callable<Integer> command(Session session) {
        return new QuickstartCommand(session, engines, task);
    }
}
