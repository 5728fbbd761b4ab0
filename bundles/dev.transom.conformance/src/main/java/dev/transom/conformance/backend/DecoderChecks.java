package dev.transom.conformance.backend;

import dev.transom.api.TransomException;
import dev.transom.api.backend.Backend;
import dev.transom.api.backend.Caches;
import dev.transom.api.backend.Workspace;
import dev.transom.api.tensor.Format;
import dev.transom.conformance.Check;
import dev.transom.conformance.backend.Sequences.Part;
import dev.transom.conformance.internal.HeldParameters;
import dev.transom.conformance.internal.LoadedGraph;
import dev.transom.conformance.internal.Tolerance;
import dev.transom.graph.Graph;
import dev.transom.graph.HostTensor;
import dev.transom.graph.Operations;
import dev.transom.graph.Precision;
import dev.transom.graph.ReferenceRun;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A whole decoder on the backend: in one pass, in steps over caches, in training; against the oracle, and bit against bit. */
final class DecoderChecks {

    private static final int[] FIRST = Sequences.ids(1, 14);
    private static final int[] SECOND = Sequences.ids(2, 9);

    private final Backend backend;
    private final Operations operations;
    private final Format format;
    private final HeldParameters parameters;

    DecoderChecks(Backend backend, Operations operations, Format format) {
        this.backend = backend;
        this.operations = operations;
        this.format = format;
        this.parameters = DecoderGraph.parameters(operations, format);
    }

    List<Check> all() {
        String of = "decoder in " + format + ": ";
        return List.of(
            new Check(of + "one pass over several rows is the oracle's", this::onePass),
            new Check(of + "loss and gradients are the oracle's", this::training),
            new Check(of + "prefill and steps give what one pass gives", this::steps),
            new Check(of + "a step may mix prefill, decode and empty rows", this::mixed),
            new Check(of + "a fork copies the block that it writes", this::fork),
            new Check(of + "a truncated row forgets what was behind", this::truncate),
            new Check(of + "an exported block comes back in other caches", this::export),
            new Check(of + "no tokens and no rows give no logits", this::nothing),
            new Check(of + "a workspace remembers nothing of larger and smaller runs", this::reuse),
            new Check(of + "one, two and three threads give the same bits", this::threads),
            new Check(of + "a row's bits do not depend on other rows", this::otherRows),
            new Check(of + "a missing parameter is named", this::missing));
    }

    private void onePass(List<String> broken) {
        try (LoadedGraph graph = load(DecoderGraph.onePass(operations), 2)) {
            Part[] rows = {Part.whole(FIRST), Part.whole(), Part.whole(SECOND)};
            List<HostTensor> got = Sequences.step(graph, (Caches) null, rows);
            for (int r = 0; r < rows.length; r++) {
                compare("logits of row " + r, oracle(rows[r].ids()), got.get(r), broken);
            }
        }
    }

    private void training(List<String> broken) {
        var training = DecoderGraph.training(operations);
        Map<String, HostTensor> inputs = Sequences.inputs(Part.whole(FIRST), Part.whole(), Part.whole(SECOND));
        var want = new ReferenceRun(training, operations, Precision.FLOAT64).run(inputs, parameters.rounded(), Map.of());
        try (LoadedGraph one = load(training, 1); LoadedGraph two = load(training, 2)) {
            Map<String, HostTensor> got = one.run(inputs);
            Map<String, HostTensor> again = two.run(inputs);
            want.forEach((name, tensor) -> {
                compare(name, tensor, got.get(name), broken);
                Tolerance.sameBits(name + " on one thread and on two", got.get(name), again.get(name), broken);
            });
        }
    }

    private void steps(List<String> broken) {
        HostTensor want = oracle(FIRST);
        try (LoadedGraph graph = load(DecoderGraph.steps(operations), 2); Caches caches = graph.caches(8)) {
            int[] ends = {6, 7, 8, 8, 11, 14};
            for (int i = 0, from = 0; i < ends.length; from = ends[i++]) {
                HostTensor got = Sequences.step(graph, caches, new Part(FIRST, from, ends[i], 5, 0, 7, 2)).getFirst();
                compare("logits of positions " + from + " to " + ends[i], Sequences.rows(want, from, ends[i]), got, broken);
            }
        }
    }

    private void mixed(List<String> broken) {
        try (LoadedGraph graph = load(DecoderGraph.steps(operations), 2); Caches caches = graph.caches(8)) {
            Sequences.step(graph, caches, new Part(FIRST, 0, 9, 1, 3, 5, 7));
            List<HostTensor> got = Sequences.step(graph, caches, new Part(FIRST, 9, 10, 1, 3, 5, 7),
                new Part(new int[0], 0, 0),
                new Part(SECOND, 0, 9, 0, 2, 4));
            compare("the decoded row", Sequences.rows(oracle(FIRST), 9, 10), got.get(0), broken);
            compare("the prefilled row", oracle(SECOND), got.get(2), broken);
        }
    }

    private void fork(List<String> broken) {
        int[] other = changed(6);
        try (LoadedGraph graph = load(DecoderGraph.steps(operations), 2); Caches caches = graph.caches(8)) {
            Sequences.step(graph, caches, new Part(FIRST, 0, 6, 0, 1));
            caches.copy(1, 6); // positions 4 and 5 lie in block 1, which both write on
            List<HostTensor> got = Sequences.step(graph, caches, new Part(FIRST, 6, 11, 0, 1, 2),
                new Part(other, 6, 11, 0, 6, 3));
            compare("the row", Sequences.rows(oracle(FIRST), 6, 11), got.get(0), broken);
            compare("its fork", Sequences.rows(oracle(other), 6, 11), got.get(1), broken);
        }
    }

    private void truncate(List<String> broken) {
        int[] other = changed(6);
        try (LoadedGraph graph = load(DecoderGraph.steps(operations), 2); Caches caches = graph.caches(4)) {
            Sequences.step(graph, caches, new Part(FIRST, 0, 14, 3, 2, 1, 0));
            HostTensor got = Sequences.step(graph, caches, new Part(other, 6, 9, 3, 2, 1, 0)).getFirst();
            compare("logits after truncation to 6", Sequences.rows(oracle(other), 6, 9), got, broken);
        }
    }

    private void export(List<String> broken) {
        try (LoadedGraph graph = load(DecoderGraph.steps(operations), 2); Caches from = graph.caches(4);
                Caches to = graph.caches(4)) {
            Sequences.step(graph, from, new Part(FIRST, 0, 8, 3, 1));
            to.importBlock(0, from.exportBlock(3));
            to.importBlock(2, from.exportBlock(1));
            HostTensor here = Sequences.step(graph, from, new Part(FIRST, 8, 10, 3, 1, 0)).getFirst();
            HostTensor there = Sequences.step(graph, to, new Part(FIRST, 8, 10, 0, 2, 1)).getFirst();
            compare("logits over imported blocks", here, there, broken);
        }
    }

    private void nothing(List<String> broken) {
        try (LoadedGraph graph = load(DecoderGraph.steps(operations), 2); Caches caches = graph.caches(4)) {
            empty("no tokens of one row", Sequences.step(graph, caches, new Part(FIRST, 0, 0, 0)).getFirst(), broken);
            try (Workspace workspace = graph.workspace(caches)) {
                empty("no rows", graph.run(workspace, Sequences.inputs()).get("logits"), broken);
            }
        }
    }

    private void reuse(List<String> broken) {
        try (LoadedGraph graph = load(DecoderGraph.onePass(operations), 2); Workspace worn = graph.workspace(null)) {
            Part[][] runs = {{Part.whole(SECOND)}, {Part.whole(FIRST), Part.whole(SECOND), Part.whole(FIRST)},
                {Part.whole(3)},
                {Part.whole()}, {Part.whole(FIRST)}};
            for (Part[] rows : runs) {
                List<HostTensor> got = Sequences.step(graph, worn, rows);
                List<HostTensor> fresh = Sequences.step(graph, (Caches) null, rows);
                for (int r = 0; r < rows.length; r++) {
                    Tolerance.sameBits("row of " + rows[r].tokens() + " in a worn workspace and a fresh one",
                        got.get(r), fresh.get(r), broken);
                }
            }
        }
    }

    private void threads(List<String> broken) {
        List<List<HostTensor>> runs = new ArrayList<>();
        for (int threads = 1; threads <= 3; threads++) {
            try (LoadedGraph graph = load(DecoderGraph.steps(operations), threads); Caches caches = graph.caches(8)) {
                List<HostTensor> logits = new ArrayList<>(Sequences.step(graph, caches, new Part(FIRST, 0, 13, 0, 1, 2, 3)));
                logits.addAll(Sequences.step(graph, caches, new Part(FIRST, 13, 14, 0, 1, 2, 3),
                    new Part(SECOND, 0, 9, 4, 5, 6)));
                runs.add(logits);
            }
        }
        for (int i = 0; i < runs.getFirst().size(); i++) {
            Tolerance.sameBits("result " + i + " on one thread and two", runs.get(0).get(i), runs.get(1).get(i), broken);
            Tolerance.sameBits("result " + i + " on one thread and three", runs.get(0).get(i), runs.get(2).get(i), broken);
        }
    }

    private void otherRows(List<String> broken) {
        try (LoadedGraph graph = load(DecoderGraph.steps(operations), 2); Caches alone = graph.caches(8);
                Caches shared = graph.caches(12)) {
            Part prompt = new Part(FIRST, 0, 12, 0, 1, 2, 3);
            Part next = new Part(FIRST, 12, 13, 0, 1, 2, 3);
            HostTensor promptAlone = Sequences.step(graph, alone, prompt).getFirst();
            HostTensor nextAlone = Sequences.step(graph, alone, next).getFirst();
            HostTensor promptShared = Sequences.step(graph, shared, new Part(SECOND, 0, 5, 4, 5, 6), prompt).get(1);
            HostTensor nextShared = Sequences.step(graph, shared, new Part(SECOND, 5, 9, 4, 5, 6), next,
                new Part(FIRST, 0, 3, 9)).get(1);
            Tolerance.sameBits("a prompt alone and beside another", promptAlone, promptShared, broken);
            Tolerance.sameBits("a decoded token alone and beside others", nextAlone, nextShared, broken);
        }
    }

    private void missing(List<String> broken) {
        try (LoadedGraph _ = new LoadedGraph(backend, DecoderGraph.onePass(operations), new HeldParameters(format),
                format, 1)) {
            broken.add("loading without parameters must be refused; it was not.");
        } catch (TransomException refusal) {
            boolean named = DecoderGraph.onePass(operations).parameters().stream()
                .anyMatch(node -> refusal.getMessage().contains(node.name()));
            if (!named) {
                broken.add("the refusal must name the parameter; it says: " + refusal.getMessage());
            }
        }
    }

    private LoadedGraph load(Graph graph, int threads) {
        return new LoadedGraph(backend, graph, parameters, format, threads);
    }

    private HostTensor oracle(int[] ids) {
        return new ReferenceRun(DecoderGraph.onePass(operations), operations, Precision.FLOAT64)
            .run(Sequences.inputs(Part.whole(ids)), parameters.rounded(), Map.of()).get("logits");
    }

    private static void compare(String what, HostTensor want, HostTensor got, List<String> broken) {
        Tolerance.check(what, want, got, DecoderGraph.TERMS, broken);
    }

    private static void empty(String what, HostTensor logits, List<String> broken) {
        if (logits.shape()[0] != 0 || logits.shape()[1] != DecoderGraph.VOCABULARY) {
            broken.add(what + " must give logits [0, " + DecoderGraph.VOCABULARY + "]; got " + logits + ".");
        }
    }

    /** The first row with other ids from a position on. */
    private static int[] changed(int from) {
        int[] other = FIRST.clone();
        for (int i = from; i < other.length; i++) {
            other[i] = (other[i] + 1 + i) % DecoderGraph.VOCABULARY;
        }
        return other;
    }
}
