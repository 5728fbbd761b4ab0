package dev.transom.app.generate.internal;

import dev.transom.api.application.Application;
import dev.transom.api.application.Session;
import dev.transom.api.architecture.ModelFacts;
import dev.transom.api.backend.Plan;
import dev.transom.api.backend.PlanOptions.Numerics;
import dev.transom.api.engine.Engine;
import dev.transom.api.engine.EngineOptions;
import dev.transom.api.engine.Engines;
import dev.transom.api.engine.Generation;
import dev.transom.api.sampler.SamplingOptions;
import dev.transom.api.task.TextGeneration;
import dev.transom.graph.Type;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The first thing a newcomer runs: the embedded model continues a text; then what ran, how fast and in how much memory. */
@Command(name = "quickstart", description = "Lets the embedded model answer and says what ran, how fast and in how much memory.",
    footer = {"", "Example:", "  transom quickstart kernel panic"})
final class QuickstartCommand implements Callable<Integer> {

    private static final String MODEL = "bundle:jargon";

    private final Session session;
    private final Engines engines;
    private final TextGeneration task;

    @Parameters(paramLabel = "TERM", arity = "0..*", description = "what the model shall define (default: plugin)")
    private List<String> term = List.of("plugin");

    @Option(names = {"-p", "--prompt"}, paramLabel = "TEXT", description = "any other text to continue instead")
    private String prompt;

    @Option(names = {"-n", "--max-tokens"}, paramLabel = "N", description = "tokens to generate at most")
    private int maxTokens;

    @Option(names = "--seed", paramLabel = "N", defaultValue = "1", description = "same seed, same text (default: ${DEFAULT-VALUE})")
    private long seed;

    @Option(names = "--backend", paramLabel = "NAME", description = "backend that runs the model; default: the preferred one")
    private String backend;

    QuickstartCommand(Session session, Engines engines, TextGeneration task) {
        this.session = session;
        this.engines = engines;
        this.task = task;
    }

    /** The embedded model has learned a dictionary: a head word makes it write an entry. */
    private String text() {
        return prompt != null ? prompt : ":" + String.join(" ", term) + ": n.\n\n";
    }

    @Override
    public Integer call() throws InterruptedException {
        EngineOptions options = new EngineOptions(Optional.ofNullable(backend), Numerics.EXACT, 0, 0, 1, 512);
        try (Engine engine = engines.open(MODEL, session.workingDirectory(), options)) {
            session.out().print(text());
            Generation generation = task.generate(engine,
                new TextGeneration.Prompt(text(), maxTokens, SamplingOptions.NONE, seed, List.of(), -1));
            Answer answer = Answer.read(generation, this::print);
            session.out().println();
            session.out().println();
            ModelFacts facts = engine.model().definition().facts();
            session.out().printf(Locale.ROOT, "speed    %d tokens, %.0f tokens/s, first after %.0f ms%n", answer.tokens().size(),
                answer.tokensPerSecond(), answer.firstNanos() * 1e-6);
            session.out().println("loaded   " + MODEL + ": " + facts.description());
            session.out().println("         architecture " + engine.model().architecture() + ", backend " + engine.backend());
            session.out().println("memory   " + memory(engine));
        }
        return Application.DONE;
    }

    private void print(String piece) {
        session.out().print(piece);
        session.out().flush();
    }

    /** One line, from the plan that ran. */
    private static String memory(Engine engine) {
        Plan plan = engine.plan();
        int blockSize = plan.graph().caches().stream().map(node -> node.types().getFirst())
            .map(Type.CacheType.class::cast).mapToInt(Type.CacheType::blockSize).findFirst().orElse(1);
        long cache = plan.cacheBlockBytes() * Math.ceilDiv(engine.context(), blockSize);
        long workspace = plan.activationBytes() + plan.scratchBytes();
        long total = plan.weightBytes() + plan.repackedBytes() + cache + workspace;
        return String.format(Locale.ROOT, "%.1f MB: weights %.1f, repacked %.1f, cache of %d positions %.1f, workspace %.1f",
            total * 1e-6, plan.weightBytes() * 1e-6, plan.repackedBytes() * 1e-6, engine.context(), cache * 1e-6, workspace * 1e-6);
    }
}
