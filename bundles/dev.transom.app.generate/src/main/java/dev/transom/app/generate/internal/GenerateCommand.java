package dev.transom.app.generate.internal;

import dev.transom.api.TransomException;
import dev.transom.api.application.Application;
import dev.transom.api.application.Session;
import dev.transom.api.engine.Engine;
import dev.transom.api.engine.Engines;
import dev.transom.api.engine.Generation;
import dev.transom.api.engine.Generation.Token;
import dev.transom.api.task.TextGeneration;
import dev.transom.app.options.EngineArguments;
import dev.transom.app.options.SamplingArguments;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Continues one prompt and prints the answer while it is made. */
@Command(name = "generate", description = {"Continues a text with a model and prints the answer while it is made.",
    "What is not given is taken from the model's generation_config.json."},
    footer = {"", "Example:", "  transom generate bundle:jargon --prompt \"hacker:\" --max-tokens 60 --seed 7"})
final class GenerateCommand implements Callable<Integer> {

    private static final int MOST_ANSWERS = 64;

    private final Session session;
    private final Engines engines;
    private final TextGeneration task;

    @Parameters(paramLabel = "MODEL", description = "folder of a model, or bundle:NAME")
    private String model;

    @Option(names = {"-p", "--prompt"}, paramLabel = "TEXT", required = true, description = "text to continue; - reads it from stdin")
    private String prompt;

    @Option(names = {"-n", "--max-tokens"}, paramLabel = "N", description = "tokens to generate at most")
    private Integer maxTokens;

    @Mixin
    private SamplingArguments sampling = new SamplingArguments();

    @Option(names = "--stop", paramLabel = "TEXT", description = "end the answer before this text; may be given several times")
    private List<String> stops = new ArrayList<>();

    @Option(names = "--log-probs", paramLabel = "N",
        description = "also print each token's log-probability and those of the N most likely tokens")
    private Integer logProbs;

    @Option(names = "--answers", paramLabel = "N", defaultValue = "1",
        description = "answers to the prompt, which is read once; the seed grows by 1 from one to the next (default: ${DEFAULT-VALUE})")
    private int answers;

    @Mixin
    private EngineArguments engine = new EngineArguments();

    @Option(names = "--json", description = "print one JSON object instead of text")
    private boolean json;

    GenerateCommand(Session session, Engines engines, TextGeneration task) {
        this.session = session;
        this.engines = engines;
        this.task = task;
    }

    @Override
    public Integer call() throws InterruptedException {
        if (maxTokens != null && maxTokens < 1) {
            throw new TransomException("option --max-tokens: it must be 1 or more; got " + maxTokens + ". Leave it out for the model's own.");
        }
        if (logProbs != null && logProbs < 0) {
            throw new TransomException("option --log-probs: it must be 0 or more; got " + logProbs + ". 0 reports the tokens' own.");
        }
        if (answers < 1 || answers > MOST_ANSWERS) {
            throw new TransomException("option --answers: it must be 1 to " + MOST_ANSWERS + "; got " + answers + ". Leave it out for one.");
        }
        String text = prompt.equals("-") ? standardInput() : prompt;
        try (Engine loaded = engines.open(model, session.workingDirectory(), engine.options(answers))) {
            Generation first = task.generate(loaded, new TextGeneration.Prompt(text, maxTokens == null ? 0 : maxTokens,
                sampling.options(), sampling.seed(), stops, logProbs == null ? -1 : logProbs).with(engine.contextFull()));
            List<Generation> running = new ArrayList<>(List.of(first));
            for (int i = 1; i < answers; i++) {
                running.add(first.fork(sampling.seed() + i));
            }
            try {
                for (int i = 0; i < answers; i++) {
                    show(loaded, text, i, Answer.read(running.get(i), json ? _ -> { } : this::print));
                }
            } finally {
                running.forEach(Generation::cancel);
            }
        }
        return Application.DONE;
    }

    private void show(Engine loaded, String text, int index, Answer answer) {
        long seed = sampling.seed() + index;
        if (json) {
            session.out().println(AnswerJson.of(loaded, seed, text, answer, logProbs != null));
            return;
        }
        session.out().println();
        if (logProbs != null) {
            answer.tokens().forEach(this::printLogProbs);
        }
        if (answer.finish() == Generation.Finish.CONTEXT) {
            session.err().println("The context of " + loaded.context() + " positions is full. Load with a longer one (--context), or go on "
                + "without the older half (--context-full shift).");
        }
        summary(loaded, answer, seed);
    }

    private void print(String piece) {
        session.out().print(piece);
        session.out().flush();
    }

    private void printLogProbs(Token token) {
        StringBuilder line = new StringBuilder(String.format(Locale.ROOT, "%8d %9.4f", token.id(), token.logProb()));
        token.top().forEach(one -> line.append(String.format(Locale.ROOT, "  %d:%.4f", one.id(), one.logProb())));
        session.out().println(line);
    }

    private void summary(Engine loaded, Answer answer, long seed) {
        if (session.interactive()) {
            session.err().printf(Locale.ROOT, "%d tokens, %.1f tokens/s, first after %.0f ms, ended by %s, seed %d, backend %s%n",
                answer.tokens().size(), answer.tokensPerSecond(), answer.firstNanos() * 1e-6, AnswerJson.word(answer.finish()),
                seed, loaded.backend());
        }
    }

    private String standardInput() {
        try {
            return new String(session.in().readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException unreadable) {
            throw new TransomException("stdin: the prompt must be readable; " + unreadable.getMessage() + ". Give it with --prompt TEXT.",
                unreadable);
        }
    }
}
