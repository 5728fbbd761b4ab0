package dev.transom.app.embed.internal;

import dev.transom.api.TransomException;
import dev.transom.api.application.Application;
import dev.transom.api.application.Session;
import dev.transom.api.backend.PlanOptions.Numerics;
import dev.transom.api.engine.EngineOptions;
import dev.transom.api.model.Models;
import dev.transom.api.model.OpenModel;
import dev.transom.api.task.Embedding;
import dev.transom.app.options.ComputeArguments;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Prints one vector per text. */
@Command(name = "embed", description = {"Prints the vector of each text, pooled and normalised as the model's folder says.",
    "Texts are arguments, or the lines of a file or of stdin."},
    footer = {"", "Example:", "  transom embed models/minilm \"A man is eating food.\" \"Ein Mann isst Brot.\""})
final class EmbedCommand implements Callable<Integer> {

    /** Texts handed to the task at once: enough to fill steps, few enough that a long file streams. */
    private static final int PORTION = 256;

    private final Session session;
    private final Models models;
    private final Embedding task;

    @Parameters(index = "0", paramLabel = "MODEL", description = "folder of a model, or bundle:NAME")
    private String model;

    @Parameters(index = "1..*", paramLabel = "TEXT", description = "texts; none, or -, reads lines from stdin")
    private List<String> texts = new ArrayList<>();

    @Option(names = "--file", paramLabel = "FILE", description = "read texts from the lines of a file")
    private Path file;

    @Mixin
    private ComputeArguments compute = new ComputeArguments();

    @Option(names = "--json", description = "print one JSON object for each text")
    private boolean json;

    EmbedCommand(Session session, Models models, Embedding task) {
        this.session = session;
        this.models = models;
        this.task = task;
    }

    @Override
    public Integer call() throws IOException {
        if (file != null && !texts.isEmpty()) {
            throw new TransomException("embed: texts come from arguments or from a file; got both. Leave one out.");
        }
        EngineOptions options = new EngineOptions(compute.backend(), compute.numerics(Numerics.EXACT), compute.threads(), 0, 32, 1024);
        BufferedReader lines = lines();
        try (OpenModel opened = models.open(model, session.workingDirectory());
                Embedding.Embedder embedder = task.open(opened, options)) {
            VectorLines printer = new VectorLines(session.out(), json);
            List<String> portion = portion(lines);
            if (portion.isEmpty()) {
                throw new TransomException("embed: at least one text is required; there is none. Give it as an argument.");
            }
            while (!portion.isEmpty()) {
                printer.print(portion, embedder.embed(portion));
                portion = portion(lines);
            }
        } catch (UncheckedIOException unreadable) {
            throw new TransomException("embed: texts must be readable UTF-8; " + unreadable.getCause().getMessage() + ".", unreadable);
        } finally {
            if (file != null) {
                lines.close();
            }
        }
        return Application.DONE;
    }

    /** Where lines come from; null when texts are arguments. */
    private BufferedReader lines() {
        if (file == null) {
            boolean standardInput = texts.isEmpty() || texts.equals(List.of("-"));
            return standardInput ? new BufferedReader(new InputStreamReader(session.in(), StandardCharsets.UTF_8)) : null;
        }
        Path path = session.resolve(file);
        try {
            return Files.newBufferedReader(path);
        } catch (NoSuchFileException absent) {
            throw new TransomException(path + ": a text file is required; there is nothing at this path. Check the path.", absent);
        } catch (IOException unreadable) {
            throw new TransomException(path + ": the file must be readable; " + unreadable.getMessage() + ".", unreadable);
        }
    }

    private List<String> portion(BufferedReader lines) {
        if (lines == null) {
            List<String> all = texts;
            texts = List.of();
            return all;
        }
        List<String> portion = new ArrayList<>();
        try {
            String line = lines.readLine();
            while (line != null) {
                portion.add(line);
                line = portion.size() < PORTION ? lines.readLine() : null;
            }
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
        return portion;
    }
}
