package dev.transom.app.bench.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.transom.api.TransomException;
import dev.transom.api.application.Session;
import dev.transom.api.architecture.ModelDefinition;
import dev.transom.api.architecture.ModelFacts;
import dev.transom.api.backend.Backend;
import dev.transom.api.backend.Backends;
import dev.transom.api.backend.Executable;
import dev.transom.api.backend.Plan;
import dev.transom.api.backend.PlanOptions;
import dev.transom.api.backend.Workspace;
import dev.transom.api.engine.Engine;
import dev.transom.api.engine.EngineOptions;
import dev.transom.api.engine.Engines;
import dev.transom.api.engine.Generation;
import dev.transom.api.engine.GenerationRequest;
import dev.transom.api.model.Models;
import dev.transom.api.model.OpenModel;
import dev.transom.api.tensor.Format;
import dev.transom.api.tensor.TypePlan;
import dev.transom.graph.Dim;
import dev.transom.graph.Graph;
import dev.transom.graph.GraphBuilder;
import dev.transom.graph.Operations;
import dev.transom.graph.Type;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringReader;
import java.io.StringWriter;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.BiFunction;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class BenchCommandTest {

    private final StringWriter out = new StringWriter();
    private final List<EngineOptions> opened = new ArrayList<>();
    private final List<GenerationRequest> requests = new ArrayList<>();
    private final List<String> calls = new ArrayList<>();

    @Test
    void printsATableWithPromptsAndAnswers() {
        assertEquals(0, run("--model", "m", "-p", "4,8", "-n", "3", "-t", "2", "-r", "2", "--warm-up", "0"));
        List<String> lines = out.toString().lines().toList();
        assertTrue(lines.get(0).matches("\\| model +\\| +size \\| +params \\| backend \\| threads \\| rows \\| test \\| +t/s \\|"),
            lines.get(0));
        assertTrue(lines.get(2).startsWith("| llama BF16 | 0.00 MiB | 0.00 M | cpu     |       2 |    1 |  pp4 |"), lines.get(2));
        assertTrue(lines.get(3).contains("|  pp8 |"), lines.get(3));
        assertTrue(lines.get(4).contains("|  tg3 |"), lines.get(4));
        assertTrue(out.toString().contains("\ntg3      reads 0 MB of weights per step: "), out.toString());
        assertTrue(out.toString().contains("\nstart    load 0."), out.toString());
        assertEquals(9, opened.getFirst().context());
        assertEquals(2, opened.getFirst().threads());
        // One cold request, then two warm-up runs of each test, then two rounds.
        assertEquals(List.of(1, 4, 4, 8, 8, 1, 1, 4, 8, 1, 4, 8, 1),
            requests.stream().map(request -> request.prompt().size()).toList());
        assertEquals(3, requests.getLast().maxTokens());
    }

    @Test
    void rowsShareStepsAndJsonHoldsEverySample() {
        assertEquals(0, run("--model", "m", "-p", "0", "-n", "3", "-b", "4", "-r", "5", "--warm-up", "0", "--json"));
        JsonObject report = Json.createReader(new StringReader(out.toString())).readObject();
        assertEquals(4, report.getInt("rows"));
        assertEquals(128, report.getInt("parameters"));
        assertEquals(256, report.getInt("weight_bytes_per_step"));
        JsonObject test = report.getJsonArray("tests").getJsonObject(0);
        assertEquals("tg3", test.getString("test"));
        assertEquals(5, test.getJsonArray("tokens_per_second_samples").size());
        assertEquals(4, opened.getFirst().maxRows());
        assertEquals(4 + 7 * 4, requests.size());
    }

    @Test
    void refusesWhatCannotBeMeasured() {
        assertEquals("bench: a model or a subcommand is required; got neither. For example: transom bench --model bundle:jargon; "
            + "or one of concurrent, matmul, embed, train, read.", refusal());
        assertEquals("options -p and -n: they must be 0 or more, and not all 0; got [0] and [0].",
            refusal("-m", "m", "-p", "0", "-n", "0"));
        assertEquals("option --rows: it must be 1 or more; got 0.", refusal("-m", "m", "-b", "0"));
        assertEquals("option --reps: it must be 1 or more; got 0.", refusal("matmul", "-r", "0"));
    }

    @Test
    void aProductIsMeasuredInThreeOrientations() {
        assertEquals(0,
            run("matmul", "-m", "4", "-k", "16", "-n", "8", "--format", "BF16", "-r", "1", "--warm-up", "0", "-t", "1"));
        assertTrue(out.toString().contains("| x·Wᵀ 4×16×8  | cpu     |       1 |"), out.toString());
        assertTrue(out.toString().contains("| dy·W 4×8×16  | cpu     |"), out.toString());
        assertTrue(out.toString().contains("| dyᵀ·x 8×4×16 | cpu     |"), out.toString());
        assertEquals(9, Collections.frequency(calls, "run"));
        assertEquals(3, Collections.frequency(calls, "close workspace"));
        assertEquals(3, Collections.frequency(calls, "close executable"));
    }

    @Test
    void readsAFile() {
        assertEquals(0, run("read", "pom.xml", "-r", "1", "--warm-up", "0", "--json"));
        assertEquals("read 0.00 MiB", Json.createReader(new StringReader(out.toString())).readObject().getJsonArray("tests")
            .getJsonObject(0).getString("test"));
        assertTrue(refusal("read", "none").startsWith(Path.of("none").toAbsolutePath() + ": a readable file is required; "));
    }

    private String refusal(String... arguments) {
        return assertThrows(TransomException.class, () -> run(arguments)).getMessage();
    }

    private int run(String... arguments) {
        Session session = new Session(new PrintWriter(out), new PrintWriter(new StringWriter()), InputStream.nullInputStream(),
            false, false, 80, Path.of("").toAbsolutePath());
        CommandLine line = new CommandLine(new BenchCommand(
            new Surroundings(session, engines(), backends(), models(), Operations.core())));
        List<Exception> failures = new ArrayList<>();
        line.setExecutionExceptionHandler((failure, _, _) -> failures.add(failure) ? 2 : 0);
        int code = line.execute(arguments);
        session.out().flush();
        for (Exception failure : failures) {
            throw (RuntimeException) failure;
        }
        return code;
    }

    private Models models() {
        ModelFacts facts = new ModelFacts("llama", "Llama", ModelFacts.Structure.CAUSAL, 8, 1, 100, 64, 0, List.of(), "lm");
        ModelDefinition definition = answering(ModelDefinition.class, (_, _) -> facts);
        RandomParameters parameters = new RandomParameters(graph(), Format.BF16);
        OpenModel model = answering(OpenModel.class, (name, _) -> switch (name) {
            case "definition" -> definition;
            case "parameters" -> parameters;
            default -> null;
        });
        return answering(Models.class, (_, _) -> model);
    }

    private Engines engines() {
        Plan plan = new Plan(graph(), TypePlan.uniform(Format.BF16), PlanOptions.EXACT, 256, 0, 10, 10, 0);
        return answering(Engines.class, (_, given) -> {
            opened.add((EngineOptions) given[1]);
            return answering(Engine.class, (name, arguments) -> switch (name) {
                case "model" -> given[0];
                case "plan" -> plan;
                case "backend" -> "cpu";
                case "context" -> 16;
                case "submit" -> generation((GenerationRequest) arguments[0]);
                default -> null;
            });
        });
    }

    private Generation generation(GenerationRequest request) {
        requests.add(request);
        return answering(Generation.class, (name, _) -> name.equals("all")
            ? Collections.nCopies(request.maxTokens(), new Generation.Token(1, "", Float.NaN, List.of())) : null);
    }

    private Backends backends() {
        Workspace workspace = answering(Workspace.class, (name, _) -> {
            calls.add(name.equals("close") ? "close workspace" : name);
            return null;
        });
        Executable executable = answering(Executable.class, (name, _) -> {
            calls.add(name + " executable");
            return name.equals("workspace") ? workspace : null;
        });
        Backend backend = answering(Backend.class, (name, _) -> switch (name) {
            case "name" -> "cpu";
            case "load" -> executable;
            default -> null;
        });
        return answering(Backends.class, (_, _) -> backend);
    }

    private static Graph graph() {
        GraphBuilder g = new GraphBuilder(Operations.core());
        g.output("y", g.linear(g.input("x", Type.f32(Dim.of(1), Dim.of(8))),
            g.parameter("w", Type.f32(Dim.of(16), Dim.of(8)))));
        return g.build();
    }

    private static <T> T answering(Class<T> type, BiFunction<String, Object[], Object> answers) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type},
            (_, method, arguments) -> answers.apply(method.getName(), arguments)));
    }
}
