package dev.transom.app.chat.internal;

import dev.transom.api.application.Application;
import dev.transom.api.application.Session;
import dev.transom.api.capability.ProvidesApplication;
import dev.transom.api.chat.ChatTemplates;
import dev.transom.api.engine.Engines;
import dev.transom.api.task.TextGeneration;
import java.util.concurrent.Callable;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** The command {@code chat}. */
@Component(service = Application.class)
@ProvidesApplication(name = "chat")
public final class ChatApplication implements Application {

    @Reference
    private Engines engines;

    @Reference
    private TextGeneration task;

    @Reference
    private ChatTemplates templates;

    @Override
    public String name() {
        return "chat";
    }

    @Override
    public String description() {
        return "Talks with a model, turn by turn.";
    }

    @Override
    public Callable<Integer> command(Session session) {
        return new ChatCommand(session, engines, task, templates);
    }
}
