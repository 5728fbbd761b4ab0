package dev.transom.app.bench.internal;

import dev.transom.api.application.Application;
import dev.transom.api.architecture.GraphRequest;
import dev.transom.api.architecture.ModelDefinition;
import dev.transom.api.backend.Workspace;
import dev.transom.api.model.OpenModel;
import dev.transom.app.options.SubcommandHelp;
import dev.transom.graph.Graph;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/** Measures how fast a model reads whole sentences, up to its last hidden state. */
@Command(name = "embed",
    description = "Measures how many sentences of random tokens an encoder reads per second, all in one step, "
        + "up to its last hidden state.",
    footer = {"", "Example:", "  transom bench embed --model models/minilm --sentences 32 --tokens 128 -t 2"})
final class EmbedBench implements Callable<Integer> {

    @ParentCommand
    private BenchCommand bench;

    @Option(names = {"-m", "--model"}, paramLabel = "MODEL", required = true, description = "folder of a model, or bundle:NAME")
    private String model;

    @Option(names = "--sentences", paramLabel = "N", description = "sentences of a step (${DEFAULT-VALUE})")
    private int sentences = 32;

    @Option(names = "--tokens", paramLabel = "N", description = "tokens of a sentence (${DEFAULT-VALUE})")
    private int tokens = 128;

    @Option(names = "--random", paramLabel = "FORMAT",
        description = "random weights F32, F16 or BF16: the folder needs no more than config.json")
    private String random;

    @Mixin
    private CommonArguments options = new CommonArguments();

    @Mixin
    private SubcommandHelp help = new SubcommandHelp();

    @Override
    public Integer call() throws InterruptedException {
        Surroundings.atLeastOne("--sentences", sentences);
        Surroundings.atLeastOne("--tokens", tokens);
        Surroundings surroundings = bench.surroundings();
        try (OpenModel opened = surroundings.open(model, Optional.ofNullable(random))) {
            ModelDefinition definition = opened.definition();
            Graph graph = definition.graph(surroundings.operations(),
                GraphRequest.whole(List.of(), GraphRequest.Limits.of(Math.multiplyExact(sentences, tokens), sentences)));
            try (Surroundings.Loaded loaded = surroundings.load(graph, opened.types(graph), opened.parameters(), options);
                    Workspace workspace = loaded.executable().workspace(null)) {
                new WholeRows(sentences, tokens, definition.facts().vocabulary()).set(workspace, definition, graph);
                Samples samples = options.stopwatch().measure(List.of(workspace::run)).getFirst();
                Rates rates = new Rates("sentences/s", "sentences_per_second", loaded.backend(), options.threads())
                    .add(definition.facts().modelType() + " " + sentences + "×" + tokens, samples.rates(sentences));
                surroundings.session().out().print(options.json() ? rates.json() + "\n" : rates.text());
            }
        }
        return Application.DONE;
    }
}
