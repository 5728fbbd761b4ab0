package dev.transom.conformance.backend;

import dev.transom.api.backend.Backend;
import dev.transom.api.backend.Plan;
import dev.transom.api.backend.PlanOptions;
import dev.transom.api.backend.Workspace;
import dev.transom.api.tensor.Format;
import dev.transom.api.tensor.TypePlan;
import dev.transom.conformance.Check;
import dev.transom.conformance.backend.Sequences.Part;
import dev.transom.conformance.internal.HeldParameters;
import dev.transom.conformance.internal.LoadedGraph;
import dev.transom.conformance.internal.Tolerance;
import dev.transom.graph.CounterRandom;
import dev.transom.graph.Dim;
import dev.transom.graph.Graph;
import dev.transom.graph.GraphBuilder;
import dev.transom.graph.HostTensor;
import dev.transom.graph.Node;
import dev.transom.graph.Operations;
import dev.transom.graph.Type;
import dev.transom.graph.Value;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/** What an executable promises beside values: plans, changed parameters, workspaces side by side, batches of any size. */
final class ExecutableChecks {

    /** Input widths of products whose batches are compared: below, at and beyond what kernels cut a sum into. */
    private static final int[] WIDTHS = {7, 64, 257, 1024};
    private static final int LARGEST_BATCH = 19;
    private static final int OUT = 37;

    private final Backend backend;
    private final Operations operations;

    ExecutableChecks(Backend backend, Operations operations) {
        this.backend = backend;
        this.operations = operations;
    }

    List<Check> all(List<Format> formats) {
        List<Check> checks = new ArrayList<>();
        for (Format format : formats) {
            for (int width : WIDTHS) {
                checks.add(new Check("linear of " + width + " in " + format
                    + ": a row's bits do not depend on the batch",
                    broken -> batches(width, format, broken)));
            }
            checks.add(new Check("plan of a decoder in " + format + " counts its bytes",
                broken -> plan(format, broken)));
        }
        checks.add(new Check("changed parameters are read again", this::change));
        checks.add(new Check("two workspaces run at the same time", this::sideBySide));
        checks.add(new Check("an operation that nobody knows is named", this::unknown));
        return checks;
    }

    /** The first n of 19 rows, and the rows from the third on, have the bits that they have among all. */
    private void batches(int width, Format format, List<String> broken) {
        HeldParameters parameters = new HeldParameters(format);
        parameters.put("w", random(2, OUT, width));
        try (LoadedGraph graph = new LoadedGraph(backend, linear(width), parameters, format, 2);
                Workspace workspace = graph.workspace(null)) {
            double[] x = random(1, LARGEST_BATCH, width).reals();
            double[] all = graph.run(workspace, Map.of("x", HostTensor.ofReals(x, LARGEST_BATCH, width))).get("y").reals();
            for (int rows = 1; rows < LARGEST_BATCH; rows++) {
                compare(graph, workspace, x, all, 0, rows, broken);
            }
            compare(graph, workspace, x, all, 3, LARGEST_BATCH, broken);
        }
    }

    private static void compare(LoadedGraph graph, Workspace workspace, double[] x, double[] all, int from, int to,
            List<String> broken) {
        int width = x.length / LARGEST_BATCH;
        HostTensor rows = HostTensor.ofReals(Arrays.copyOfRange(x, from * width, to * width), to - from, width);
        Tolerance.sameBits("rows " + from + " to " + to + " among 19 and alone",
            HostTensor.ofReals(Arrays.copyOfRange(all, from * OUT, to * OUT), to - from, OUT),
            graph.run(workspace, Map.of("x", rows)).get("y"), broken);
    }

    private void plan(Format format, List<String> broken) {
        Graph graph = DecoderGraph.steps(operations);
        long elements = graph.parameters().stream()
            .mapToLong(node -> ((Type.TensorType) node.types().getFirst()).shape().maxElements()).sum();
        Plan plan = backend.plan(graph, TypePlan.uniform(format), PlanOptions.EXACT);
        if (plan.weightBytes() != format.bytes(elements)) {
            broken.add("weights of " + elements + " elements in " + format + " must be " + format.bytes(elements)
                + " bytes; planned are "
                + plan.weightBytes() + ".");
        }
        if (plan.repackedBytes() < 0 || plan.activationBytes() <= 0 || plan.scratchBytes() < 0
                || plan.cacheBlockBytes() <= 0) {
            broken.add("activations and cache blocks must take bytes, and nothing fewer than none; the plan says "
                + plan.repackedBytes()
                + " repacked, " + plan.activationBytes() + " of activations, " + plan.scratchBytes() + " of scratch, "
                + plan.cacheBlockBytes() + " in a cache block.");
        }
        if (!plan.graph().equals(graph) || !plan.types().equals(TypePlan.uniform(format))
                || !plan.options().equals(PlanOptions.EXACT)) {
            broken.add("the plan must carry the graph, types and options that were asked for; it has others.");
        }
    }

    private void change(List<String> broken) {
        HeldParameters parameters = new HeldParameters(Format.F32);
        parameters.put("w", random(2, OUT, 64));
        Map<String, HostTensor> inputs = Map.of("x", random(1, 2, 64));
        try (LoadedGraph worn = new LoadedGraph(backend, linear(64), parameters, Format.F32, 2);
                Workspace workspace = worn.workspace(null)) {
            worn.run(workspace, inputs);
            parameters.put("w", random(3, OUT, 64));
            HostTensor got = worn.run(workspace, inputs).get("y");
            try (LoadedGraph fresh = new LoadedGraph(backend, linear(64), parameters, Format.F32, 2)) {
                Tolerance.sameBits("a graph loaded before and one loaded after the change",
                    fresh.run(inputs).get("y"), got, broken);
            }
        }
    }

    private void sideBySide(List<String> broken) {
        HeldParameters parameters = DecoderGraph.parameters(operations, Format.F32);
        Part[] parts = {Part.whole(Sequences.ids(1, 14)), Part.whole(Sequences.ids(2, 9))};
        try (LoadedGraph graph = new LoadedGraph(backend, DecoderGraph.onePass(operations), parameters, Format.F32, 2)) {
            HostTensor[] alone = new HostTensor[parts.length];
            for (int i = 0; i < parts.length; i++) {
                alone[i] = graph.run(Sequences.inputs(parts[i])).get("logits");
            }
            List<CompletableFuture<HostTensor>> runs = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                Map<String, HostTensor> inputs = Sequences.inputs(parts[i % 2]);
                runs.add(CompletableFuture.supplyAsync(() -> graph.run(inputs).get("logits")));
            }
            for (int i = 0; i < runs.size(); i++) {
                Tolerance.sameBits("a run alone and beside others", alone[i % 2], runs.get(i).join(), broken);
            }
        }
    }

    private void unknown(List<String> broken) {
        Graph graph = linear(7);
        var nodes = graph.nodes().stream().map(node -> node.isLeaf() ? node : new Node(node.id(), "unheard_of", 1,
            node.name(), node.attributes(), node.inputs(), node.types())).toList();
        List<String> unsupported = backend.unsupported(new Graph(nodes, graph.outputs()));
        if (!unsupported.equals(List.of("unheard_of"))) {
            broken.add("unsupported must be [unheard_of]; got " + unsupported + ".");
        }
    }

    private Graph linear(int width) {
        GraphBuilder g = new GraphBuilder(operations);
        Value x = g.input("x", Type.f32(Dim.bounded("tokens", LARGEST_BATCH), Dim.of(width)));
        g.output("y", g.linear(x, g.parameter("w", Type.f32(Dim.of(OUT), Dim.of(width)))));
        return g.build();
    }

    private static HostTensor random(int stream, int rows, int width) {
        double[] reals = new double[rows * width];
        Arrays.setAll(reals, i -> 2 * CounterRandom.uniform(3, stream, 0, i) - 1);
        return HostTensor.ofReals(reals, rows, width).rounded();
    }
}
