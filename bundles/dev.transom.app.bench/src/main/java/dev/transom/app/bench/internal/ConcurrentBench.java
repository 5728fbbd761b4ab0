package dev.transom.app.bench.internal;

import dev.transom.api.application.Application;
import dev.transom.api.backend.PlanOptions.Numerics;
import dev.transom.api.engine.Engine;
import dev.transom.api.engine.EngineOptions;
import dev.transom.api.engine.Generation;
import dev.transom.api.engine.Generation.Token;
import dev.transom.api.engine.GenerationRequest;
import dev.transom.api.model.OpenModel;
import dev.transom.api.sampler.SamplingOptions;
import dev.transom.app.options.SubcommandHelp;
import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/** Measures requests that share steps against the same one after another, and compares their tokens. */
@Command(name = "concurrent",
    description = {"Measures requests of mixed lengths that share steps: all generated tokens per second, for each number of rows "
        + "of a step. Prompts are read within that time; nothing is reused between requests.",
    "Under exact numerics every request must give the tokens that it gives alone; exits 1 if one does not."},
    footer = {"", "Example:", "  transom bench concurrent --model bundle:jargon --rows 1,16,64 -t 2"})
final class ConcurrentBench implements Callable<Integer> {

    @ParentCommand
    private BenchCommand bench;

    @Option(names = {"-m", "--model"}, paramLabel = "MODEL", required = true, description = "folder of a model, or bundle:NAME")
    private String model;

    @Option(names = "--requests", paramLabel = "N", description = "requests (${DEFAULT-VALUE})")
    private int requests = 64;

    @Option(names = {"-b", "--rows"}, paramLabel = "ROWS", split = ",", description = "rows of a step; several with commas (1,16,64)")
    private List<Integer> rows = List.of(1, 16, 64);

    @Option(names = {"-p", "--n-prompt"}, paramLabel = "N", description = "tokens of the longest prompt (${DEFAULT-VALUE})")
    private int prompt = 48;

    @Option(names = {"-n", "--n-gen"}, paramLabel = "N", description = "tokens of the longest answer (${DEFAULT-VALUE})")
    private int answer = 96;

    @Option(names = "--random", paramLabel = "FORMAT",
        description = "random weights F32, F16 or BF16: the folder needs no more than config.json")
    private String random;

    @Mixin
    private CommonArguments options = new CommonArguments();

    @Mixin
    private SubcommandHelp help = new SubcommandHelp();

    @Override
    public Integer call() throws InterruptedException {
        for (int each : List.of(requests, prompt, answer)) {
            Surroundings.atLeastOne("--requests, --n-prompt, --n-gen", each);
        }
        rows.forEach(count -> Surroundings.atLeastOne("--rows", count));
        Surroundings surroundings = bench.surroundings();
        List<Result> results = new ArrayList<>();
        try (OpenModel opened = surroundings.open(model, Optional.ofNullable(random))) {
            List<GenerationRequest> mixed = mixed(opened.definition().facts().vocabulary());
            List<List<Token>> alone = run(surroundings, opened, mixed, 1, new ArrayList<>());
            for (int count : rows) {
                List<Double> seconds = new ArrayList<>();
                List<List<Token>> tokens = run(surroundings, opened, mixed, count, seconds);
                long different = IntStream.range(0, requests).filter(i -> !tokens.get(i).equals(alone.get(i))).count();
                int total = tokens.stream().mapToInt(List::size).sum();
                results.add(new Result(count, new Samples(seconds).rates(total), different));
            }
        }
        surroundings.session().out().print(options.json() ? json(results) + "\n" : text(results));
        boolean promised = options.numerics() == Numerics.EXACT;
        return promised && results.stream().anyMatch(result -> result.different > 0) ? Application.NO : Application.DONE;
    }

    /** Half of them greedy, half drawn; log-probabilities too, so that equal tokens mean equal logits. */
    private List<GenerationRequest> mixed(int vocabulary) {
        Random random = new Random(1);
        List<GenerationRequest> mixed = new ArrayList<>();
        for (int i = 0; i < requests; i++) {
            List<Integer> ids = random.ints(1 + random.nextInt(prompt), 0, vocabulary).boxed().toList();
            SamplingOptions sampling = i % 2 == 0 ? SamplingOptions.GREEDY : SamplingOptions.NONE.with("temperature", 0.8).with("top_k", 40);
            mixed.add(new GenerationRequest(ids, List.of(), 1 + random.nextInt(answer), sampling, i, Set.of(), List.of(), 2));
        }
        return mixed;
    }

    private List<List<Token>> run(Surroundings surroundings, OpenModel opened, List<GenerationRequest> mixed, int count,
            List<Double> seconds) throws InterruptedException {
        EngineOptions loaded = new EngineOptions(options.backend(), options.numerics(), options.threads(), prompt + answer, count, 512)
            .withReuse(false);
        List<List<Token>> answers = new ArrayList<>();
        try (Engine engine = surroundings.engines().open(opened, loaded)) {
            options.stopwatch().measure(List.of(() -> answers(engine, mixed, answers))).getFirst().seconds().forEach(seconds::add);
        }
        return answers;
    }

    private static void answers(Engine engine, List<GenerationRequest> mixed, List<List<Token>> answers) throws InterruptedException {
        answers.clear();
        List<Generation> running = new ArrayList<>();
        try {
            mixed.forEach(request -> running.add(engine.submit(request)));
            for (Generation generation : running) {
                answers.add(generation.all());
            }
        } finally {
            running.forEach(Generation::cancel);
        }
    }

    private String text(List<Result> results) {
        Table table = new Table(Table.right("requests"), Table.right("rows"), Table.right("threads"), Table.right("tokens/s"),
            Table.right("times the first"), Table.left("same tokens as alone"));
        for (Result result : results) {
            table.row(Integer.toString(requests), Integer.toString(result.rows), Integer.toString(options.threads()),
                Figures.spread(result.rates), Figures.fixed(Samples.median(result.rates) / Samples.median(results.getFirst().rates), 2),
                result.different == 0 ? "yes" : result.different + " of " + requests + " differ");
        }
        return table.print();
    }

    private String json(List<Result> results) {
        JsonArrayBuilder array = Json.createArrayBuilder();
        results.forEach(result -> array.add(Rates.json(Json.createObjectBuilder().add("rows", result.rows)
            .add("different", result.different), "tokens_per_second", result.rates)));
        return Json.createObjectBuilder().add("requests", requests).add("threads", options.threads()).add("tests", array).build().toString();
    }

    /**
     * What one number of rows gave.
     *
     * @param different requests whose tokens are not those that they give alone
     */
    private record Result(int rows, double[] rates, long different) {
    }
}
