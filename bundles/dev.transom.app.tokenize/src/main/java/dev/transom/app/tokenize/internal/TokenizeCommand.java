package dev.transom.app.tokenize.internal;

import dev.transom.api.TransomException;
import dev.transom.api.application.Application;
import dev.transom.api.application.Session;
import dev.transom.api.model.Models;
import dev.transom.api.model.OpenModel;
import dev.transom.api.tokenizer.EncodeOptions;
import dev.transom.api.tokenizer.Encoding;
import dev.transom.api.tokenizer.Tokenizer;
import dev.transom.api.tokenizer.TokenizerFormat;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Prints tokens with ids and places, or decodes ids. */
@Command(name = "tokenize", description = {"Shows the tokens of a text: id, spelling, and the characters it covers.",
    "With --ids it turns ids back into text."},
    footer = {"", "Example:", "  transom tokenize bundle:jargon \"a hacker is a person who enjoys exploring\""})
final class TokenizeCommand implements Callable<Integer> {

    private final Session session;
    private final Models models;
    private final List<TokenizerFormat> formats;

    @Parameters(index = "0", paramLabel = "MODEL", description = "a model, or a folder or file of a tokenizer")
    private String model;

    @Parameters(index = "1..*", paramLabel = "TEXT", description = "texts, or ids with --ids; none, or -, reads all of stdin")
    private List<String> texts = new ArrayList<>();

    @Option(names = "--file", paramLabel = "FILE", description = "read the text from a file")
    private Path file;

    @Option(names = "--ids", description = "the arguments are ids: print their text")
    private boolean ids;

    @Option(names = "--plain", description = "without the markers that the model's tokenizer adds; with --ids, without any markers")
    private boolean plain;

    @Option(names = "--count", description = "print the number of tokens only")
    private boolean count;

    @Option(names = "--json", description = "print one JSON object for each text")
    private boolean json;

    TokenizeCommand(Session session, Models models, List<TokenizerFormat> formats) {
        this.session = session;
        this.models = models;
        this.formats = formats;
    }

    @Override
    public Integer call() {
        if (file != null && !texts.isEmpty()) {
            throw new TransomException("tokenize: a text comes from an argument or from a file; got both. Leave one out.");
        }
        Optional<Tokenizer> alone = tokenizerFile();
        if (alone.isPresent()) {
            print(alone.get());
            return Application.DONE;
        }
        try (OpenModel opened = models.open(model, session.workingDirectory())) {
            print(opened.tokenizer());
        }
        return Application.DONE;
    }

    /** A tokenizer that lies there without a model, or beside one; tokenizer.json before others. */
    private Optional<Tokenizer> tokenizerFile() {
        Path path;
        try {
            path = session.resolve(Path.of(model));
        } catch (InvalidPathException noPath) {
            return Optional.empty();
        }
        return formats.stream().sorted(Comparator.comparing(TokenizerFormat::name)).filter(format -> format.accepts(path)).findFirst()
            .map(format -> format.read(path));
    }

    private void print(Tokenizer tokenizer) {
        if (ids) {
            printText(tokenizer);
            return;
        }
        TokenLines lines = new TokenLines(session.out(), json, count);
        EncodeOptions options = plain ? EncodeOptions.PLAIN : EncodeOptions.WITH_SPECIAL_TOKENS;
        for (String text : texts()) {
            Encoding encoding = tokenizer.encode(text, options);
            lines.print(text, encoding);
        }
    }

    private void printText(Tokenizer tokenizer) {
        List<String> words = new ArrayList<>();
        texts().forEach(text -> words.addAll(List.of(text.strip().split("[\\s,\\[\\]]+"))));
        words.removeIf(String::isEmpty);
        int[] numbers = words.stream().mapToInt(word -> id(tokenizer, word)).toArray();
        String text = tokenizer.decode(numbers, plain);
        if (json) {
            TokenLines.printDecoded(session.out(), numbers, text);
        } else if (count) {
            session.out().println(numbers.length);
        } else {
            session.out().println(text);
        }
    }

    private static int id(Tokenizer tokenizer, String word) {
        if (!word.matches("\\d{1,9}")) {
            throw new TransomException("option --ids: an id must be a number from 0; got " + word + ". Leave --ids out for texts.");
        }
        int id = Integer.parseInt(word);
        tokenizer.token(id);
        return id;
    }

    private List<String> texts() {
        if (file != null) {
            return List.of(read(session.resolve(file)));
        }
        return texts.isEmpty() || texts.equals(List.of("-")) ? List.of(standardInput()) : texts;
    }

    private static String read(Path path) {
        try {
            return Files.readString(path);
        } catch (IOException unreadable) {
            throw new TransomException(path + ": a text file in UTF-8 is required; " + (Files.exists(path) ? "it cannot be read: "
                + unreadable.getMessage() + "." : "there is nothing at this path. Check the path."), unreadable);
        }
    }

    private String standardInput() {
        try {
            return new String(session.in().readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException unreadable) {
            throw new TransomException("stdin: the text must be readable; " + unreadable.getMessage() + ".", unreadable);
        }
    }
}
