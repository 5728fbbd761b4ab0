package dev.transom.app.bench.internal;

import dev.transom.api.TransomException;
import dev.transom.api.application.Application;
import dev.transom.api.architecture.GraphRequest;
import dev.transom.api.architecture.Inputs;
import dev.transom.api.architecture.ModelDefinition;
import dev.transom.api.backend.Workspace;
import dev.transom.api.model.OpenModel;
import dev.transom.app.options.SubcommandHelp;
import dev.transom.graph.Autodiff;
import dev.transom.graph.Graph;
import dev.transom.graph.Node;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/** Measures what an optimiser step asks of a backend: loss and the gradients of all parameters. */
@Command(name = "train", description = {
    "Measures the loss and the gradients of all parameters of a language model on rows of random tokens (no optimiser), "
        + "and the forward pass alone beside.",
    "Weights are random; the folder needs no more than config.json."},
    footer = {"", "Example:", "  transom bench train --model gpt-folder --rows 8 --tokens 256 -t 2"})
final class TrainBench implements Callable<Integer> {

    @ParentCommand
    private BenchCommand bench;

    @Option(names = {"-m", "--model"}, paramLabel = "MODEL", required = true, description = "folder of a model, or bundle:NAME")
    private String model;

    @Option(names = {"-b", "--rows"}, paramLabel = "ROWS", description = "rows of a step (${DEFAULT-VALUE})")
    private int rows = 8;

    @Option(names = "--tokens", paramLabel = "N", description = "tokens of a row (${DEFAULT-VALUE})")
    private int tokens = 256;

    @Mixin
    private CommonArguments options = new CommonArguments();

    @Mixin
    private SubcommandHelp help = new SubcommandHelp();

    @Override
    public Integer call() throws InterruptedException {
        Surroundings.atLeastOne("--rows", rows);
        Surroundings.atLeastOne("--tokens", tokens);
        Surroundings surroundings = bench.surroundings();
        try (OpenModel opened = surroundings.open(model, Optional.of("F32"))) {
            ModelDefinition definition = opened.definition();
            if (!definition.facts().hasHead("lm")) {
                throw new TransomException("model " + model + ": a language model with the head lm is required; it has "
                    + definition.facts().heads().stream().map(head -> head.name()).toList() + ". Give a gpt2 or llama folder.");
            }
            Graph forward = definition.graph(surroundings.operations(), GraphRequest.training("lm", false,
                GraphRequest.Limits.of(Math.multiplyExact(rows, tokens), rows))).keeping(List.of("loss"));
            Graph both = Autodiff.withGradients(surroundings.operations(), forward,
                forward.parameters().stream().map(Node::name).toList());
            try (Run whole = new Run(opened, both); Run half = new Run(opened, forward)) {
                List<Samples> samples = options.stopwatch().measure(List.of(whole.workspace::run, half.workspace::run));
                print(definition.facts().modelType(), whole.loaded.backend(), samples, whole.loss());
            }
        }
        return Application.DONE;
    }

    private void print(String type, String backend, List<Samples> samples, double loss) {
        String size = type + " " + rows + "×" + tokens;
        Rates rates = new Rates("tokens/s", "tokens_per_second", backend, options.threads())
            .add(size + " forward + backward", samples.get(0).rates((double) rows * tokens))
            .add(size + " forward", samples.get(1).rates((double) rows * tokens));
        var out = bench.surroundings().session().out();
        if (options.json()) {
            out.println(rates.json());
        } else {
            out.print(rates.text());
            out.printf(Locale.ROOT, "%nloss     %.4f%n", loss);
        }
    }

    /** A graph on the backend with its inputs set. */
    private final class Run implements AutoCloseable {

        private final Surroundings.Loaded loaded;
        private final Workspace workspace;

        Run(OpenModel opened, Graph graph) {
            loaded = bench.surroundings().load(graph, opened.types(graph), opened.parameters(), options);
            workspace = loaded.executable().workspace(null);
            WholeRows batch = new WholeRows(rows, tokens, opened.definition().facts().vocabulary());
            batch.set(workspace, opened.definition(), graph);
            workspace.setInts(Inputs.LABELS, batch.labels(), rows * tokens);
        }

        double loss() {
            double[] loss = new double[1];
            workspace.readReals("loss", loss);
            return loss[0];
        }

        @Override
        public void close() {
            workspace.close();
            loaded.close();
        }
    }
}
