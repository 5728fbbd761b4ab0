package dev.transom.app.chat.internal;

import dev.transom.api.TransomException;
import dev.transom.api.application.Application;
import dev.transom.api.application.Session;
import dev.transom.api.chat.ChatTemplate;
import dev.transom.api.chat.ChatTemplates;
import dev.transom.api.engine.Engine;
import dev.transom.api.engine.Engines;
import dev.transom.api.task.TextGeneration;
import dev.transom.app.options.EngineArguments;
import dev.transom.app.options.SamplingArguments;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Talks with a model: on a terminal with editing and history, from a pipe line by line. */
@Command(name = "chat", description = {"Talks with a model, turn by turn, by its own chat template.",
    "On a terminal: \"\"\" begins and ends several lines, a backslash at the end of a line goes on; Ctrl-C stops an answer, Ctrl-D ends.",
    "/help lists what can be changed on the way. Else each line of the input is a turn."},
    footer = {"", "Example:", "  transom chat models/qwen2.5-coder-0.5b-instruct --system \"You answer in one sentence.\""})
final class ChatCommand implements Callable<Integer> {

    private final Session session;
    private final Engines engines;
    private final TextGeneration task;
    private final ChatTemplates templates;

    @Parameters(paramLabel = "MODEL", description = "a model with a chat template: folder, file, bundle:NAME or name")
    private String model;

    @Option(names = {"-s", "--system"}, paramLabel = "TEXT", description = "system message")
    private String system;

    @Option(names = "--tools", paramLabel = "FILE", description = "JSON list of functions that the model may call, as OpenAI's interface has them")
    private Path tools;

    @Option(names = "--template", paramLabel = "FILE", description = "Jinja template to use instead of the model's own")
    private Path template;

    @Option(names = "--load", paramLabel = "FILE", description = "go on with a conversation that /save wrote")
    private Path load;

    @Option(names = {"-n", "--max-tokens"}, paramLabel = "N", description = "tokens of an answer at most; default: what the context holds")
    private int maxTokens;

    @Option(names = "--stats", description = "after each answer print tokens, speed and how full the context is")
    private boolean stats;

    @Mixin
    private SamplingArguments sampling = new SamplingArguments();

    @Mixin
    private EngineArguments engine = new EngineArguments();

    ChatCommand(Session session, Engines engines, TextGeneration task, ChatTemplates templates) {
        this.session = session;
        this.engines = engines;
        this.task = task;
        this.templates = templates;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        if (maxTokens < 0) {
            throw new TransomException("option --max-tokens: it must be 1 or more; got " + maxTokens + ". Leave it out for what the context holds.");
        }
        List<Map<String, Object>> functions = tools == null ? List.of() : ToolFile.read(session.resolve(tools));
        try (Engine loaded = engines.open(model, session.workingDirectory(), engine.options(1))) {
            Dialogue dialogue = new Dialogue(functions);
            dialogue.system(Optional.ofNullable(system));
            if (load != null) {
                DialogueFile.load(session.resolve(load), dialogue);
            }
            Settings settings = new Settings(sampling.options(), sampling.seed(), maxTokens, stats);
            ChatTemplate chosen = template(loaded);
            if (!functions.isEmpty() && !chosen.takesTools()) {
                throw new TransomException("option --tools: the model's chat template must read tools; it does not. Leave the option out, or "
                    + "give another template with --template FILE.");
            }
            Answerer answerer = new Answerer(loaded, task, chosen, templates.stopIds(loaded.model()), engine.contextFull());
            try (Screen screen = Screens.open(session)) {
                new Conversing(session, dialogue, settings, answerer, screen).run();
            }
        }
        return Application.DONE;
    }

    private ChatTemplate template(Engine loaded) {
        if (template == null) {
            return templates.of(loaded.model()).orElseThrow(() -> new TransomException("model " + model
                + ": a chat needs the model's chat template; it has none. Give one with --template FILE, or continue text with generate."));
        }
        Path path = session.resolve(template);
        try {
            return templates.parse(path.toString(), Files.readString(path), Answerer.tokens(loaded));
        } catch (IOException unreadable) {
            throw new TransomException(path + ": a chat template in UTF-8 is required; " + (Files.exists(path) ? "it cannot be read."
                : "there is nothing at this path. Check the path."), unreadable);
        }
    }
}
