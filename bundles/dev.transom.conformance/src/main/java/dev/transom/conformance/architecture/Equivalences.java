package dev.transom.conformance.architecture;

import dev.transom.api.architecture.GraphRequest;
import dev.transom.api.architecture.GraphRequest.Extra;
import dev.transom.api.architecture.Head;
import dev.transom.api.architecture.Inputs;
import dev.transom.api.architecture.ModelFacts.Structure;
import dev.transom.conformance.architecture.Row.Part;
import dev.transom.conformance.internal.Tolerance;
import dev.transom.graph.Graph;
import dev.transom.graph.HostTensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Ways to the same result over whole rows: alone and together, all tokens and selected ones, with and without later tokens. */
final class Equivalences {

    private static final int LONGEST = 13;

    private final Subject subject;
    private final Machine machine;
    private final List<Row> rows;

    Equivalences(Subject subject, Machine machine) {
        this.subject = subject;
        this.machine = machine;
        this.rows = rows(subject);
    }

    /** Three rows of different lengths, the first the longest. */
    static List<Row> rows(Subject subject) {
        int longest = Math.min(LONGEST, subject.facts().maxPositions());
        int vocabulary = subject.facts().vocabulary();
        boolean source = subject.facts().structure() == Structure.ENCODER_DECODER;
        return List.of(Row.random(1, longest, source ? Math.min(7, longest) : 0, vocabulary),
            Row.random(2, Math.max(1, longest * 2 / 3), source ? Math.min(4, longest) : 0, vocabulary),
            Row.random(3, Math.max(1, longest / 3), source ? Math.min(5, longest) : 0, vocabulary));
    }

    List<Part> parts() {
        return rows.stream().map(Row::whole).toList();
    }

    /** Outputs of a head (none: the last hidden state) and hidden states, for rows as one step. */
    Map<String, HostTensor> whole(Machine on, String head, List<Part> parts) {
        Graph graph = subject.graph(subject.whole(head.isEmpty() ? List.of() : List.of(head), Extra.values()));
        return on.run(graph, StepInputs.of(subject, graph, parts));
    }

    /** A row's results are the same bits whichever rows stand beside it. */
    void alone(String head, List<String> broken) {
        List<Part> together = parts();
        Map<String, HostTensor> all = whole(machine, head, together);
        for (int r = 0; r < together.size(); r++) {
            Map<String, HostTensor> one = whole(machine, head, List.of(together.get(r)));
            for (String name : all.keySet()) {
                Tolerance.sameBits(name + " of row " + r + " among others and alone", slice(all.get(name), name, together, r),
                    one.get(name), broken);
            }
        }
    }

    /** A backend gives what the operations mean. */
    void oracle(String head, List<String> broken) {
        Map<String, HostTensor> got = whole(machine, head, parts());
        whole(new Machine.Oracle(subject), head, parts()).forEach((name, want) ->
            near(name, want, got.get(name), machine.tolerance(), broken));
    }

    /** Logits of selected tokens are those rows of all logits. */
    void selected(List<String> broken) {
        String logits = subject.facts().head("lm").outputs().getFirst();
        HostTensor all = whole(machine, "lm", parts()).get(logits);
        Graph graph = subject.graph(subject.selected(false));
        Map<String, HostTensor> inputs = new HashMap<>(StepInputs.of(subject, graph, parts()));
        int last = rows.getFirst().ids().length - 1;
        inputs.put(Inputs.SELECTED, HostTensor.ofInts(new int[] {last, 0}, 2));
        HostTensor got = machine.run(graph, inputs).get(logits);
        String what = "logits of a selected token and those among all";
        Tolerance.sameBits(what, between(all, last, last + 1), between(got, 0, 1), broken);
        Tolerance.sameBits(what, between(all, 0, 1), between(got, 1, 2), broken);
    }

    /** Tokens see nothing of what follows, and their own ids. */
    void causal(List<String> broken) {
        Row row = rows.getFirst();
        int from = Math.min(row.ids().length - 1, Math.max(subject.facts().prefix(), row.ids().length - 3));
        String state = "last_hidden_state";
        HostTensor before = whole(machine, "", List.of(row.whole())).get(state);
        HostTensor after = whole(machine, "", List.of(row.changed(from, subject.facts().vocabulary()).whole())).get(state);
        if (subject.facts().structure() != Structure.ENCODER) {
            Tolerance.sameBits(state + " before a token that is changed", between(before, 0, from), between(after, 0, from),
                broken);
        }
        if (between(before, from, from + 1).equals(between(after, from, from + 1))) {
            broken.add(state + " must depend on the token; another token at position " + from + " changes nothing there.");
        }
    }

    /** The last of the hidden states is the last hidden state. */
    void lastState(List<String> broken) {
        Map<String, HostTensor> all = whole(machine, "", parts());
        String last = (subject.facts().structure() == Structure.ENCODER_DECODER ? "decoder_hidden_states." : "hidden_states.")
            + subject.facts().layers();
        Tolerance.sameBits(last + " and last_hidden_state", all.get(last), all.get("last_hidden_state"), broken);
    }

    /** Embedding rows in place of ids run, and matter. */
    void embeddings(List<String> broken) {
        Graph graph = subject.graph(new GraphRequest(List.of(), false, false, false, true, false, Set.of(),
            subject.limits()));
        Map<String, HostTensor> inputs = new HashMap<>(StepInputs.of(subject, graph, parts()));
        HostTensor one = machine.run(graph, inputs).get("last_hidden_state");
        String name = inputs.containsKey(Inputs.EMBEDDINGS) ? Inputs.EMBEDDINGS : Inputs.SOURCE + Inputs.EMBEDDINGS;
        HostTensor rowsGiven = inputs.get(name);
        double[] other = rowsGiven.reals().clone();
        other[0] += 1;
        inputs.put(name, HostTensor.ofReals(other, rowsGiven.shape()));
        if (one.equals(machine.run(graph, inputs).get("last_hidden_state"))) {
            broken.add("the last hidden state must depend on " + name + "; other embeddings change nothing.");
        }
    }

    /** Heads that are asked for together give what each gives alone. */
    void several(List<String> broken) {
        List<Head> chosen = new ArrayList<>();
        for (Head head : subject.facts().heads()) {
            if (chosen.stream().noneMatch(other -> other.outputs().stream().anyMatch(head.outputs()::contains))) {
                chosen.add(head);
            }
        }
        if (chosen.size() < 2) {
            return;
        }
        Graph graph = subject.graph(subject.whole(chosen.stream().map(Head::name).toList()));
        Map<String, HostTensor> all = machine.run(graph, StepInputs.of(subject, graph, parts()));
        for (Head head : chosen) {
            Map<String, HostTensor> one = whole(machine, head.name(), parts());
            head.outputs().forEach(name -> Tolerance.sameBits(name + " of head " + head.name() + " among heads and alone",
                one.get(name), all.get(name), broken));
        }
    }

    /** Reports the largest difference beyond a share of the largest expected element. */
    static void near(String what, HostTensor want, HostTensor got, double tolerance, List<String> broken) {
        double allowed = tolerance * Math.max(1e-2, Differences.magnitude(want.reals()));
        double difference = Differences.largest(want.reals(), got.reals());
        if (!(difference <= allowed)) {
            broken.add(String.format(Locale.ROOT, "%s must be the same within %.1e; the largest difference is %.1e.", what,
                allowed, difference));
        }
    }

    /** Rows {@code from} … {@code to − 1} of a tensor. */
    static HostTensor between(HostTensor tensor, int from, int to) {
        int width = tensor.shape()[0] == 0 ? 0 : tensor.reals().length / (int) tensor.shape()[0];
        long[] shape = tensor.shape().clone();
        shape[0] = to - from;
        return HostTensor.ofReals(Arrays.copyOfRange(tensor.reals(), from * width, to * width), shape);
    }

    /** What of an output belongs to a row: its tokens, its source tokens, or one element. */
    private static HostTensor slice(HostTensor output, String name, List<Part> parts, int row) {
        boolean source = name.startsWith("encoder_");
        int tokens = parts.stream().mapToInt(part -> size(part, source)).sum();
        if (output.shape()[0] != tokens) {
            return between(output, row, row + 1);
        }
        int before = parts.subList(0, row).stream().mapToInt(part -> size(part, source)).sum();
        return between(output, before, before + size(parts.get(row), source));
    }

    private static int size(Part part, boolean source) {
        return source ? part.row().source().length : part.tokens();
    }
}
