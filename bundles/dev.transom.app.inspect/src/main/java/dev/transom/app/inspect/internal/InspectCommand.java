package dev.transom.app.inspect.internal;

import dev.transom.api.TransomException;
import dev.transom.api.application.Application;
import dev.transom.api.application.Session;
import dev.transom.api.model.Models;
import dev.transom.api.model.OpenModel;
import dev.transom.graph.Operations;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Prints what a model is made of, or its graph. */
@Command(name = "inspect",
    description = {"Shows what is in a model: its recipe, heads, configuration, and each parameter with the tensor",
    "it is made of; or its graph. A config.json alone is enough."},
    footer = {"", "Example:", "  transom inspect bundle:jargon --graph dot --out jargon.dot"})
final class InspectCommand implements Callable<Integer> {

    private final Session session;
    private final Models models;
    private final Operations operations;

    @Parameters(paramLabel = "MODEL", description = "folder of a model, its config.json, or bundle:NAME")
    private String model;

    @Option(names = "--graph", paramLabel = "FORM", description = "print the graph instead, as text or, for Graphviz, as dot")
    private String graph;

    @Option(names = "--head", paramLabel = "NAME",
        description = "head of the graph; default: that of the configuration; none for no head")
    private String head;

    @Option(names = "--cached", description = "graph of generation over key-value caches")
    private boolean cached;

    @Option(names = "--training", description = "graph with the loss and the gradients of all parameters")
    private boolean training;

    @Option(names = "--json", description = "print one JSON object")
    private boolean json;

    @Option(names = "--out", paramLabel = "FILE", description = "write to a file instead of stdout")
    private Path out;

    InspectCommand(Session session, Models models, Operations operations) {
        this.session = session;
        this.models = models;
        this.operations = operations;
    }

    @Override
    public Integer call() {
        check();
        try (OpenModel opened = models.open(model, session.workingDirectory())) {
            write(graph != null ? new GraphChoice(head, cached, training).print(opened.definition(), operations, graph)
                : json ? InspectJson.of(Inspection.of(opened, operations)) + "\n"
                : InspectText.of(Inspection.of(opened, operations)));
        }
        return Application.DONE;
    }

    private void check() {
        if (graph != null && !graph.equals("text") && !graph.equals("dot")) {
            throw new TransomException("option --graph: it must be text or dot; got " + graph.toLowerCase(Locale.ROOT) + ".");
        }
        if (graph != null && json) {
            throw new TransomException("inspect: --graph has the forms text and dot, not JSON; got --json too. Leave one out.");
        }
        if (graph == null && (head != null || cached || training)) {
            throw new TransomException("inspect: --head, --cached and --training choose a graph; got no --graph."
                + " Add --graph text.");
        }
        if (cached && training) {
            throw new TransomException("inspect: gradients exist only without caches; got --cached and --training."
                + " Leave one out.");
        }
    }

    private void write(String text) {
        if (out == null) {
            session.out().print(text);
            return;
        }
        Path file = session.resolve(out);
        try {
            Files.writeString(file, text);
        } catch (IOException unwritable) {
            throw new TransomException(file + ": the file must be writable; " + unwritable + ". Give another path with --out.",
                unwritable);
        }
    }
}
