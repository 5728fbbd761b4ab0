package dev.transom.app.options;

import dev.transom.api.TransomException;
import dev.transom.api.backend.PlanOptions.Numerics;
import java.util.Optional;
import picocli.CommandLine.Option;

/** Where and how a model's graph is computed: {@code --backend}, {@code --threads}, {@code --numerics}. */
public final class ComputeArguments {

    @Option(names = "--backend", paramLabel = "NAME", description = "backend that runs the model; default: the preferred one")
    private String backend;

    @Option(names = {"-t", "--threads"}, paramLabel = "N", description = "threads; default: as many as there are cores")
    private int threads;

    @Option(names = "--numerics", paramLabel = "NAME", converter = NumericsName.class, description = {
        "exact: F32 from dequantised weights, an answer does not depend on others in the batch;",
        "fast: also 8-bit activations against quantised weights"})
    private Numerics numerics;

    /** The backend asked for; empty takes the preferred one. */
    public Optional<String> backend() {
        return Optional.ofNullable(backend);
    }

    /**
     * Threads asked for, 0 for as many as there are cores.
     *
     * @throws TransomException when negative
     */
    public int threads() {
        if (threads < 0) {
            throw new TransomException("option --threads: it must be 1 or more; got " + threads + ". Leave it out to use all cores.");
        }
        return threads;
    }

    /** Numerics asked for, or {@code otherwise}, the command's own. */
    public Numerics numerics(Numerics otherwise) {
        return numerics == null ? otherwise : numerics;
    }
}
