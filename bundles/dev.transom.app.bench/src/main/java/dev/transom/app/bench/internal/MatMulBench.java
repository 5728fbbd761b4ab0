package dev.transom.app.bench.internal;

import dev.transom.api.application.Application;
import dev.transom.api.backend.Workspace;
import dev.transom.api.tensor.Format;
import dev.transom.api.tensor.TypePlan;
import dev.transom.app.options.SubcommandHelp;
import dev.transom.graph.Dim;
import dev.transom.graph.Graph;
import dev.transom.graph.GraphBuilder;
import dev.transom.graph.Type;
import dev.transom.graph.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/** Measures a matrix product in the three orientations of a layer: forwards, gradient of its input, gradient of its weight. */
@Command(name = "matmul", description = {
    "Measures a product of m tokens with a weight of n rows and k columns in three orientations: x·Wᵀ (forwards), "
        + "dy·W (gradient of x), dyᵀ·x (gradient of W)."},
    footer = {"", "With fewer than 8 tokens the figures are bytes of W per second, with more floating-point operations.", "",
        "Examples:", "  transom bench matmul -m 512 -k 2048 -n 2048 -t 2",
        "  transom bench matmul -m 1 -k 4096 -n 8192 --format Q4_K --numerics fast"})
final class MatMulBench implements Callable<Integer> {

    /** With fewer tokens than these, reading W takes the time. */
    private static final int MANY = 8;

    @ParentCommand
    private BenchCommand bench;

    @Option(names = "-m", paramLabel = "TOKENS", description = "rows of x (${DEFAULT-VALUE})")
    private int m = 512;

    @Option(names = "-k", paramLabel = "IN", description = "columns of x and W (${DEFAULT-VALUE})")
    private int k = 2048;

    @Option(names = "-n", paramLabel = "OUT", description = "rows of W (${DEFAULT-VALUE})")
    private int n = 2048;

    @Option(names = "--format", paramLabel = "FORMAT", description = "how W is stored: F32, BF16, Q8_0, Q4_K … (${DEFAULT-VALUE})")
    private String format = "F32";

    @Mixin
    private CommonArguments options = new CommonArguments();

    @Mixin
    private SubcommandHelp help = new SubcommandHelp();

    @Override
    public Integer call() throws InterruptedException {
        Surroundings.atLeastOne("-m", m);
        Surroundings.atLeastOne("-k", k);
        Surroundings.atLeastOne("-n", n);
        Format stored = RandomParameters.named(format);
        List<Opened> products = new ArrayList<>();
        try {
            products.add(open("x·Wᵀ " + m + "×" + k + "×" + n, stored, false));
            products.add(open("dy·W " + m + "×" + n + "×" + k, stored, true));
            products.add(open("dyᵀ·x " + n + "×" + m + "×" + k));
            List<Stopwatch.Run> runs = products.stream().<Stopwatch.Run>map(product -> product.workspace::run).toList();
            List<Samples> samples = options.stopwatch().measure(runs);
            String backend = products.getFirst().loaded.backend();
            Rates rates = m < MANY ? new Rates("GB/s", "gigabytes", backend, options.threads())
                : new Rates("GFLOP/s", "gflops", backend, options.threads());
            for (int i = 0; i < samples.size(); i++) {
                Format format = i < samples.size() - 1 ? stored : Format.F32;
                rates.add(products.get(i).name, samples.get(i).rates(m < MANY ? 1e-9 * format.bytes((long) n * k) : 2e-9 * m * k * n));
            }
            bench.surroundings().session().out().print(options.json() ? rates.json() + "\n" : rates.text());
        } finally {
            products.forEach(Opened::close);
        }
        return Application.DONE;
    }

    /** A product with the weight. */
    private Opened open(String name, Format stored, boolean backward) {
        GraphBuilder g = new GraphBuilder(bench.surroundings().operations());
        Value a = g.input("a", Type.f32(Dim.bounded("tokens", m), Dim.of(backward ? n : k)));
        Value w = g.parameter("w", Type.f32(Dim.of(n), Dim.of(k)));
        g.output("y", g.matmul(a, w, false, !backward));
        Opened opened = open(name, g.build(), stored);
        fill(opened.workspace, "a", m, backward ? n : k);
        return opened;
    }

    /** The gradient of the weight. */
    private Opened open(String name) {
        GraphBuilder g = new GraphBuilder(bench.surroundings().operations());
        Value dy = g.input("dy", Type.f32(Dim.bounded("tokens", m), Dim.of(n)));
        Value x = g.input("x", Type.f32(Dim.bounded("tokens", m), Dim.of(k)));
        g.output("dw", g.matmul(dy, x, true, false));
        Opened opened = open(name, g.build(), Format.F32);
        fill(opened.workspace, "dy", m, n);
        fill(opened.workspace, "x", m, k);
        return opened;
    }

    private Opened open(String name, Graph graph, Format stored) {
        RandomParameters parameters = new RandomParameters(graph, stored);
        Surroundings.Loaded loaded = bench.surroundings().load(graph, TypePlan.uniform(stored), parameters, options);
        return new Opened(name, parameters, loaded, loaded.executable().workspace(null));
    }

    private static void fill(Workspace workspace, String input, int rows, int columns) {
        Random random = new Random(1);
        float[] values = new float[Math.multiplyExact(rows, columns)];
        for (int i = 0; i < values.length; i++) {
            values[i] = random.nextFloat() - 0.5f;
        }
        workspace.setReals(input, values, rows, columns);
    }

    private record Opened(String name, RandomParameters parameters, Surroundings.Loaded loaded, Workspace workspace) {
        void close() {
            workspace.close();
            loaded.close();
            parameters.close();
        }
    }
}
