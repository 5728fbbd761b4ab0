package dev.transom.app.bench.internal;

import dev.transom.api.backend.PlanOptions;
import dev.transom.api.backend.PlanOptions.Numerics;
import dev.transom.app.options.NumericsName;
import java.util.Optional;
import picocli.CommandLine.Option;

/** Options that every bench has. */
final class CommonArguments {

    @Option(names = {"-t", "--threads"}, paramLabel = "N", description = "threads; default: as many as there are cores")
    private int threads;

    @Option(names = {"-r", "--reps"}, paramLabel = "REPS", description = "measured runs of each test (${DEFAULT-VALUE})")
    private int reps = 5;

    @Option(names = "--warm-up", paramLabel = "SECONDS", description = "time of each test before measuring (${DEFAULT-VALUE})")
    private double warmUp = 3;

    @Option(names = "--backend", paramLabel = "NAME", description = "backend that runs it; default: the preferred one")
    private String backend;

    @Option(names = "--numerics", paramLabel = "NAME", description = "exact or fast (exact)", converter = NumericsName.class)
    private Numerics numerics = Numerics.EXACT;

    @Option(names = "--json", description = "print one JSON object instead of a table")
    private boolean json;

    int threads() {
        return threads > 0 ? threads : Runtime.getRuntime().availableProcessors();
    }

    Optional<String> backend() {
        return Optional.ofNullable(backend);
    }

    Numerics numerics() {
        return numerics;
    }

    PlanOptions plan() {
        return new PlanOptions(numerics, false, threads());
    }

    boolean json() {
        return json;
    }

    Stopwatch stopwatch() {
        Surroundings.atLeastOne("--reps", reps);
        return new Stopwatch(reps, warmUp);
    }
}
