package dev.transom.app.bench.internal;

import dev.transom.api.TransomException;
import dev.transom.api.application.Application;
import dev.transom.api.engine.Engine;
import dev.transom.api.engine.EngineOptions;
import dev.transom.api.model.OpenModel;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Measures a model that generates, in llama-bench's manner. Its subcommands measure what is below and beside that. */
@Command(name = "bench", description = {
    "Measures a model that generates, in llama-bench's manner: ppN reads a prompt of N tokens, tgN generates N tokens, "
        + "one by one, from an empty context.",
    "Speeds are medians ± deviation of measured runs, after a warm-up. Decoding reads all weights for each token, so a plain "
        + "read of the same weights stands beside it."},
    subcommands = {ConcurrentBench.class, MatMulBench.class, EmbedBench.class, TrainBench.class, ReadBench.class},
    footer = {"", "Example:", "  transom bench --model bundle:jargon -p 64 -n 64 -t 2 -r 5"})
final class BenchCommand implements Callable<Integer> {

    private final Surroundings surroundings;

    @Option(names = {"-m", "--model"}, paramLabel = "MODEL", description = "folder of a model, or bundle:NAME")
    private String model;

    @Option(names = {"-p", "--n-prompt"}, paramLabel = "N", split = ",",
        description = "tokens of the prompt, 0 for no such test; several with commas (512)")
    private List<Integer> prompts = List.of(512);

    @Option(names = {"-n", "--n-gen"}, paramLabel = "N", split = ",",
        description = "tokens to generate, 0 for no such test; several with commas (128)")
    private List<Integer> answers = List.of(128);

    @Option(names = {"-b", "--rows"}, paramLabel = "ROWS", description = "rows that share steps (${DEFAULT-VALUE})")
    private int rows = 1;

    @Option(names = "--chunk", paramLabel = "N", description = "tokens of one step at most (${DEFAULT-VALUE})")
    private int chunk = 512;

    @Option(names = "--random", paramLabel = "FORMAT",
        description = "random weights F32, F16 or BF16: the folder needs no more than config.json")
    private String random;

    @Mixin
    private CommonArguments options = new CommonArguments();

    BenchCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    Surroundings surroundings() {
        return surroundings;
    }

    @Override
    public Integer call() throws InterruptedException {
        check();
        long start = System.nanoTime();
        try (OpenModel opened = surroundings.open(model, Optional.ofNullable(random));
                Engine engine = surroundings.engines().open(opened, engineOptions())) {
            GenerationBench bench = new GenerationBench(engine, rows, (System.nanoTime() - start) * 1e-9);
            GenerationReport report = bench.measure(prompts, answers, options);
            surroundings.session().out().print(options.json() ? report.json() + "\n" : report.text());
        }
        return Application.DONE;
    }

    private EngineOptions engineOptions() {
        int longest = 1 + Math.max(1, Math.max(largest(prompts), largest(answers)));
        return new EngineOptions(options.backend(), options.numerics(), options.threads(), longest, rows, chunk);
    }

    private void check() {
        if (model == null) {
            throw new TransomException("bench: a model or a subcommand is required; got neither. For example: transom bench "
                + "--model bundle:jargon; or one of concurrent, matmul, embed, train, read.");
        }
        if (prompts.stream().anyMatch(n -> n < 0) || answers.stream().anyMatch(n -> n < 0)
            || largest(prompts) + largest(answers) == 0) {
            throw new TransomException("options -p and -n: they must be 0 or more, and not all 0; got " + prompts + " and "
                + answers + ".");
        }
        Surroundings.atLeastOne("--rows", rows);
        Surroundings.atLeastOne("--chunk", chunk);
    }

    private static int largest(List<Integer> counts) {
        return counts.stream().mapToInt(Integer::intValue).max().orElse(0);
    }
}
