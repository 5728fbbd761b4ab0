package dev.transom.app.perplexity.internal;

import dev.transom.api.TransomException;
import dev.transom.api.application.Application;
import dev.transom.api.application.Progress;
import dev.transom.api.application.Session;
import dev.transom.api.backend.PlanOptions.Numerics;
import dev.transom.api.engine.EngineOptions;
import dev.transom.api.model.Models;
import dev.transom.api.model.OpenModel;
import dev.transom.api.task.Prediction;
import dev.transom.api.tokenizer.EncodeOptions;
import dev.transom.api.tokenizer.SpecialRole;
import dev.transom.api.tokenizer.Tokenizer;
import dev.transom.app.options.ComputeArguments;
import dev.transom.app.options.NumericsName;
import jakarta.json.Json;
import jakarta.json.JsonObjectBuilder;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Predicts every token of a text from those before it. */
@Command(name = "perplexity", description = {
    "Says how well a model predicts a text: e to the mean of -ln p over its tokens, with the standard error.",
    "The text is read in overlapping windows; each token is predicted once. Only figures of the same tokenizer,",
    "text, context and stride can be compared."},
    footer = {"", "Example:", "  transom perplexity models/gemma3-270m book.txt --context 512 --stride 256"})
final class PerplexityCommand implements Callable<Integer> {

    private static final int CHUNK = 512;

    private final Session session;
    private final Models models;
    private final Prediction task;
    private final Progress.Bars bars;

    @Parameters(index = "0", paramLabel = "MODEL", description = "a model's folder or file, or bundle:NAME")
    private String model;

    @Parameters(index = "1", paramLabel = "FILE", description = "UTF-8 text; - reads stdin")
    private Path file;

    @Option(names = {"-c", "--context"}, paramLabel = "N",
        description = "tokens of a window (default: 512, or the model's context where that is shorter)")
    private Integer context;

    @Option(names = "--stride", paramLabel = "N", description = "tokens that each window predicts (default: half of the context)")
    private Integer stride;

    @Option(names = "--max-tokens", paramLabel = "N", description = "read so many tokens of the text at most")
    private Integer maxTokens;

    @Mixin
    private ComputeArguments compute = new ComputeArguments();

    @Option(names = "--json", description = "print one JSON object instead of text")
    private boolean json;

    PerplexityCommand(Session session, Models models, Prediction task, Progress.Bars bars) {
        this.session = session;
        this.models = models;
        this.task = task;
        this.bars = bars;
    }

    @Override
    public Integer call() {
        atLeast("--context", context, 2);
        atLeast("--stride", stride, 1);
        atLeast("--max-tokens", maxTokens, 2);
        String text = text();
        try (OpenModel opened = models.open(model, session.workingDirectory())) {
            int length = context == null ? Math.min(CHUNK, opened.definition().facts().maxPositions()) : context;
            int step = stride == null ? Math.max(1, length / 2) : stride;
            Windows windows = windows(opened, text, length, step);
            Numerics numerics = compute.numerics(Numerics.EXACT);
            EngineOptions options = new EngineOptions(compute.backend(), numerics, compute.threads(), length, 1, CHUNK);
            try (Prediction.Predictor predictor = task.open(opened, options)) {
                long began = System.nanoTime();
                Perplexity result = predict(predictor, windows);
                print(result, windows, numerics, (System.nanoTime() - began) * 1e-9);
            }
        }
        return Application.DONE;
    }

    private Windows windows(OpenModel opened, String text, int length, int step) {
        Tokenizer tokenizer = opened.tokenizer();
        int[] ids = tokenizer.encode(text, EncodeOptions.PLAIN).ids();
        ids = maxTokens == null || maxTokens >= ids.length ? ids : java.util.Arrays.copyOf(ids, maxTokens);
        int[] begin = begin(tokenizer);
        if (step > length - begin.length) {
            throw new TransomException("option --stride: it must be at most the context without BOS, " + (length - begin.length)
                + "; got " + step + ". Ask for less, or for a longer context.");
        }
        if (ids.length + begin.length < 2) {
            throw new TransomException(where() + ": at least 2 tokens are required; there are " + ids.length + ". Give a longer text.");
        }
        return new Windows(ids, begin, length, step);
    }

    /** BOS where the tokenizer puts it before a text. */
    private static int[] begin(Tokenizer tokenizer) {
        OptionalInt bos = tokenizer.special(SpecialRole.BEGIN);
        int[] marked = tokenizer.encode("a", EncodeOptions.WITH_SPECIAL_TOKENS).ids();
        boolean added = bos.isPresent() && marked.length > 1 && marked[0] == bos.getAsInt();
        return added ? new int[] {bos.getAsInt()} : new int[0];
    }

    private Perplexity predict(Prediction.Predictor predictor, Windows windows) {
        Perplexity result = Perplexity.NONE;
        List<Windows.Window> all = windows.all();
        try (Progress bar = bars.start(session, "Predicting", " tokens", windows.ids().length)) {
            for (Windows.Window window : all) {
                result = result.plus(predictor.logProbs(window.ids(), window.from()));
                bar.to(result.tokens());
                if (Thread.currentThread().isInterrupted()) {
                    throw new java.util.concurrent.CancellationException("interrupted");
                }
            }
        }
        return result;
    }

    private void print(Perplexity result, Windows windows, Numerics numerics, double seconds) {
        if (json) {
            JsonObjectBuilder object = Json.createObjectBuilder().add("perplexity", result.value());
            if (Double.isFinite(result.error())) {
                object.add("error", result.error());
            }
            session.out().println(object.add("crossEntropy", result.crossEntropy()).add("tokens", result.tokens())
                .add("context", windows.context()).add("stride", windows.stride())
                .add("numerics", NumericsName.word(numerics)).add("tokensPerSecond", result.tokens() / seconds).build());
            return;
        }
        session.out().printf(Locale.ROOT, "perplexity %.4f +- %.4f over %d tokens (context %d, stride %d, %s; %.0f tokens/s)%n",
            result.value(), result.error(), result.tokens(), windows.context(), windows.stride(), NumericsName.word(numerics),
            result.tokens() / seconds);
    }

    private String text() {
        try {
            byte[] bytes = file.toString().equals("-") ? session.in().readAllBytes() : Files.readAllBytes(session.resolve(file));
            return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
        } catch (NoSuchFileException absent) {
            throw new TransomException(where() + ": a text file is required; there is nothing at this path. Check the path.", absent);
        } catch (CharacterCodingException wrong) {
            throw new TransomException(where() + ": the text must be UTF-8; it is not. Convert it, for example with iconv.", wrong);
        } catch (IOException unreadable) {
            throw new TransomException(where() + ": the file must be readable; " + unreadable.getMessage() + ".", unreadable);
        }
    }

    private String where() {
        return file.toString().equals("-") ? "stdin" : session.resolve(file).toString();
    }

    private static void atLeast(String option, Integer value, int least) {
        if (value != null && value < least) {
            throw new TransomException("option " + option + ": it must be " + least + " or more; got " + value
                + ". Leave it out for the default.");
        }
    }
}
