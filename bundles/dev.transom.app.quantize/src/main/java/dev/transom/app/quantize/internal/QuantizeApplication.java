package dev.transom.app.quantize.internal;

import dev.transom.api.application.Application;
import dev.transom.api.application.Progress;
import dev.transom.api.application.Session;
import dev.transom.api.capability.ProvidesApplication;
import dev.transom.api.model.Models;
import dev.transom.graph.Operations;
import java.util.concurrent.Callable;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** The command {@code quantize}. */
@Component(service = Application.class)
@ProvidesApplication(name = "quantize")
public final class QuantizeApplication implements Application {

    @Reference
    private Models models;

    @Reference
    private Operations operations;

    @Reference
    private Progress.Bars bars;

    @Override
    public String name() {
        return "quantize";
    }

    @Override
    public String description() {
        return "Writes a model as a GGUF file, in fewer bits if wanted.";
    }

    @Override
    public Callable<Integer> command(Session session) {
        return new QuantizeCommand(session, models, operations, bars);
    }
}
