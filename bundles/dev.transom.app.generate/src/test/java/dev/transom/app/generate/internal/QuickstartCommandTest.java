package dev.transom.app.generate.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.transom.api.architecture.ModelDefinition;
import dev.transom.api.architecture.ModelFacts;
import dev.transom.api.application.Session;
import dev.transom.api.backend.Plan;
import dev.transom.api.backend.PlanOptions;
import dev.transom.api.engine.Engine;
import dev.transom.api.engine.Engines;
import dev.transom.api.engine.Generation;
import dev.transom.api.model.OpenModel;
import dev.transom.api.task.TextGeneration;
import dev.transom.api.tensor.Format;
import dev.transom.api.tensor.TypePlan;
import dev.transom.graph.Attributes;
import dev.transom.graph.Graph;
import dev.transom.graph.Node;
import dev.transom.graph.Type;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class QuickstartCommandTest {

    private final List<String> prompts = new ArrayList<>();

    @Test
    void printsTheAnswerThenWhatRan() {
        String out = run("kernel", "panic");
        assertEquals(List.of(":kernel panic: n.\n\n"), prompts);
        assertEquals("""
            :kernel panic: n.

            A crash.

            speed    1 tokens, 0 tokens/s, first after N ms
            loaded   bundle:jargon: GPT-2: decoder
                     architecture gpt 1.0.0, backend cpu
            memory   10.5 MB: weights 4.0, repacked 1.0, cache of 100 positions 4.0, workspace 1.5
            """, out.replaceAll("after \\d+ ms", "after N ms"));
    }

    @Test
    void defaultsToATermAndTakesAnyText() {
        run();
        run("--prompt", "In the early days");
        assertEquals(List.of(":plugin: n.\n\n", "In the early days"), prompts);
    }

    private String run(String... arguments) {
        StringWriter out = new StringWriter();
        Session session = new Session(new PrintWriter(out), new PrintWriter(new StringWriter()), InputStream.nullInputStream(), false,
            false, 80, Path.of("").toAbsolutePath());
        TextGeneration task = answering(TextGeneration.class, (_, given) -> {
            prompts.add(((TextGeneration.Prompt) given[1]).text());
            return generation();
        });
        Engines engines = answering(Engines.class, (_, _) -> engine());
        assertEquals(0, new CommandLine(new QuickstartCommand(session, engines, task)).execute(arguments));
        return out.toString();
    }

    private static Generation generation() {
        Iterator<Generation.Token> tokens = List.of(new Generation.Token(1, "A crash.", Float.NaN, List.of())).iterator();
        return answering(Generation.class, (name, _) -> switch (name) {
            case "next" -> tokens.hasNext() ? Optional.of(tokens.next()) : Optional.empty();
            case "finish" -> Generation.Finish.LENGTH;
            default -> null;
        });
    }

    private static Engine engine() {
        ModelFacts facts = new ModelFacts("gpt2", "GPT-2: decoder", ModelFacts.Structure.CAUSAL, 1, 1, 1, 100, 0, List.of(), "lm");
        ModelDefinition definition = answering(ModelDefinition.class, (_, _) -> facts);
        OpenModel model = answering(OpenModel.class, (name, _) -> name.equals("architecture") ? "gpt 1.0.0" : definition);
        Node cache = new Node(0, Node.CACHE, 1, "layers.0", Attributes.NONE, List.of(),
            List.of(new Type.CacheType("layers.0", 1, 8, 8, 32)));
        Plan plan = new Plan(new Graph(List.of(cache), Map.of()), TypePlan.uniform(Format.F32), PlanOptions.EXACT, 4_000_000, 1_000_000,
            1_000_000, 500_000, 1_000_000);
        return answering(Engine.class, (name, _) -> switch (name) {
            case "model" -> model;
            case "plan" -> plan;
            case "context" -> 100;
            case "backend" -> "cpu";
            default -> null;
        });
    }

    private static <T> T answering(Class<T> type, BiFunction<String, Object[], Object> answers) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type},
            (_, method, arguments) -> answers.apply(method.getName(), arguments)));
    }
}
