package dev.transom.app.inspect.internal;

import dev.transom.api.TransomException;
import dev.transom.api.application.Application;
import dev.transom.api.application.Session;
import dev.transom.api.architecture.ModelFacts;
import dev.transom.api.backend.Backend;
import dev.transom.api.backend.Backends;
import dev.transom.api.model.Models;
import dev.transom.api.model.OpenModel;
import dev.transom.api.sizing.Sizing;
import dev.transom.graph.Graph;
import dev.transom.graph.Operations;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Counts what a model takes and says whether it fits. */
@Command(name = "size",
    description = {"Says what a model takes and whether it fits, before loading. A config.json alone is enough.",
    "Exits 0 if it fits, 1 if it does not."},
    footer = {"", "Example:", "  transom size bundle:jargon --rows 16"})
final class SizeCommand implements Callable<Integer> {

    private final Session session;
    private final Models models;
    private final Operations operations;
    private final Backends backends;
    private final Sizing sizing;

    @Parameters(paramLabel = "MODEL", description = "folder of a model, its config.json, or bundle:NAME")
    private String model;

    @Option(names = "--backend", paramLabel = "NAME", description = "backend that would run it; default: the preferred one")
    private String backend;

    @Option(names = "--context", paramLabel = "N", description = "positions of a row; default: the model's, at most 4096")
    private int context;

    @Option(names = "--rows", paramLabel = "N", defaultValue = "1",
        description = "rows at once (default: ${DEFAULT-VALUE})")
    private int rows;

    @Option(names = "--types", paramLabel = "NAME",
        description = "count all weights as F32, F16 or BF16; default: as the files hold them")
    private String types;

    @Option(names = "--json", description = "print one JSON object; all sizes in bytes")
    private boolean json;

    SizeCommand(Session session, Models models, Operations operations, Backends backends, Sizing sizing) {
        this.session = session;
        this.models = models;
        this.operations = operations;
        this.backends = backends;
        this.sizing = sizing;
    }

    @Override
    public Integer call() {
        try (OpenModel opened = models.open(model, session.workingDirectory())) {
            ModelFacts facts = opened.definition().facts();
            check(facts);
            SizeReport report = report(opened, facts, Load.of(facts, context, rows));
            session.out().print(json ? SizeJson.of(report) + "\n" : SizeText.of(report));
            return report.estimate().fits() ? Application.DONE : Application.NO;
        }
    }

    private SizeReport report(OpenModel opened, ModelFacts facts, Load load) {
        WeightTypes weights = WeightTypes.of(opened, Optional.ofNullable(types));
        Graph graph = Estimator.graph(opened, load, operations);
        Backend chosen = backends.choose(Optional.ofNullable(backend), graph);
        Estimator estimator = new Estimator(opened, weights, operations, chosen, sizing);
        return new SizeReport(opened.reference(), facts, weights.source(), weights.noWeights(), weights.bytes(graph),
            weights.converted(graph), sizing.size(opened.definition()), load, chosen.name(), estimator.estimate(load),
            Room.find(facts, load, estimator));
    }

    private void check(ModelFacts facts) {
        if (rows < 1) {
            throw new TransomException("option --rows: it must be 1 or more; got " + rows + ".");
        }
        if (!Load.of(facts, context, 1).generates() && (long) rows * Load.of(facts, context, 1).context() > Integer.MAX_VALUE) {
            throw new TransomException("option --rows: whole rows of one step may have 2,147,483,647 tokens; got " + rows
                + " rows. Ask for fewer.");
        }
        if (context < 0 || context > facts.maxPositions()) {
            throw new TransomException("option --context: it must be 1 to the model's " + facts.maxPositions()
                + " positions; got " + context + ". Leave it out for the default.");
        }
    }
}
