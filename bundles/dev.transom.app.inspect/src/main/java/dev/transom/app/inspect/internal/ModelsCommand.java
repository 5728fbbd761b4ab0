package dev.transom.app.inspect.internal;

import dev.transom.api.application.Application;
import dev.transom.api.application.Session;
import dev.transom.api.model.Models;
import dev.transom.app.inspect.internal.ModelEntry.Readable;
import dev.transom.app.inspect.internal.ModelEntry.Unreadable;
import jakarta.json.Json;
import jakarta.json.JsonObjectBuilder;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Lists the models that can be opened by name. */
@Command(name = "models", description = {
    "Lists the models that can be opened by name: those that bundles carry, and those in the models directory",
    "(TRANSOM_MODELS, else .transom/models in your home)."},
    footer = {"", "Example:", "  transom generate NAME --prompt \"Once upon a time\""})
final class ModelsCommand implements Callable<Integer> {

    private final Session session;
    private final Models models;

    @Option(names = "--json", description = "print one JSON object for each model")
    private boolean json;

    ModelsCommand(Session session, Models models) {
        this.session = session;
        this.models = models;
    }

    @Override
    public Integer call() {
        List<ModelEntry> entries = models.references().stream()
            .map(reference -> ModelEntry.of(models, reference, session.workingDirectory())).toList();
        if (json) {
            entries.forEach(entry -> session.out().println(object(entry).build()));
            return Application.DONE;
        }
        int width = entries.stream().mapToInt(entry -> entry.reference().length()).max().orElse(0) + 2;
        for (ModelEntry entry : entries) {
            session.out().println(entry.reference() + " ".repeat(width - entry.reference().length()) + text(entry));
        }
        session.out().println("Models directory: " + models.directory());
        return Application.DONE;
    }

    private static String text(ModelEntry entry) {
        return switch (entry) {
            case Readable model -> String.format("%-10s %-7s %-9s %s", Figures.bytes(model.bytes()), model.format(),
                Figures.scaled(model.elements()).strip(), model.facts().description());
            case Unreadable(String _, String sentence) -> "cannot be opened: " + sentence;
        };
    }

    private static JsonObjectBuilder object(ModelEntry entry) {
        JsonObjectBuilder object = Json.createObjectBuilder().add("reference", entry.reference());
        return switch (entry) {
            case Readable model -> object.add("modelType", model.facts().modelType()).add("description", model.facts().description())
                .add("parameters", model.elements()).add("bytes", model.bytes()).add("format", model.format())
                .add("context", model.facts().maxPositions());
            case Unreadable(String _, String sentence) -> object.add("error", sentence);
        };
    }
}
