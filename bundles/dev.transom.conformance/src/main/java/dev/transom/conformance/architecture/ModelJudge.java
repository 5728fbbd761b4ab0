package dev.transom.conformance.architecture;

import dev.transom.api.architecture.GraphRequest;
import dev.transom.api.architecture.GraphRequest.Extra;
import dev.transom.api.architecture.Head;
import dev.transom.api.architecture.ModelDefinition;
import dev.transom.api.architecture.RaggedBatch;
import dev.transom.api.backend.Backend;
import dev.transom.api.backend.PlanOptions.Numerics;
import dev.transom.api.config.Config;
import dev.transom.api.tensor.Binding;
import dev.transom.graph.Autodiff;
import dev.transom.graph.Graph;
import dev.transom.graph.HostTensor;
import dev.transom.graph.Node;
import dev.transom.graph.Operations;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * Runs one model on the inputs of a case and compares outputs and gradients. A padded batch is turned ragged, so that only valid
 * positions run and compare.
 */
public final class ModelJudge {

    /** Of each tensor's largest element, for the oracle in float64. */
    private static final double ORACLE_TOLERANCE = 1e-6;

    private static final String LABELS = "labels";
    private static final Head HEADLESS = new Head("", List.of(), Head.Labels.NONE);

    private final JudgedModel model;
    private final ModelDefinition definition;
    private final Operations operations;
    private final Function<Graph, Backend> backends;
    private final Numerics numerics;
    private final TensorFile inputs;
    private final Head head;
    private final Batches batches;

    /**
     * @param backends chooses the backend that is to run a graph; one called reference runs in float64 and is held to 1e-6
     * @param numerics how it is to compute
     * @param inputs   inputs as the library takes them: input_ids, attention_mask, labels …
     */
    public ModelJudge(JudgedModel model, Operations operations, Function<Graph, Backend> backends, Numerics numerics,
            TensorFile inputs) {
        this.model = model;
        this.definition = model.definition();
        this.operations = operations;
        this.backends = backends;
        this.numerics = numerics;
        this.inputs = inputs;
        String name = definition.facts().defaultHead();
        this.head = name.isEmpty() ? HEADLESS : definition.facts().head(name);
        this.batches = Batches.of(inputs, definition);
    }

    /** Token ids of each row, without padding. */
    public List<int[]> rows() {
        return batches.main().ragged().rows();
    }

    /** Compares outputs of the default head, hidden states and the loss. */
    public void outputs(Judgement judgement) {
        boolean loss = judgement.expected().has("loss");
        GraphRequest request = (loss ? GraphRequest.training(head.name(), false, batches.limits())
            : GraphRequest.whole(heads(), batches.limits())).with(Extra.HIDDEN_STATES, Extra.LAST_HIDDEN_STATE,
                Extra.AUXILIARY_LOSS);
        Graph graph = definition.graph(operations, request);
        Map<String, HostTensor> outputs = run(graph, LABELS);
        if (loss && head.labels() == Head.Labels.SPAN && batches.main().padded()) {
            outputs.put("loss", paddedLoss());
        }
        leftPadding().filter(_ -> loss).ifPresent(padding -> outputs.put("loss", run(padding, padding.swallowed(padding.forward(
            training(padding.whole())))).get("loss")));
        for (String item : judgement.open()) {
            HostTensor output = outputs.get(item);
            if (output != null) {
                judgement.compare(item, batches.difference(judgement.expected(), item, item, output));
            }
        }
    }

    /** Compares logits of the same model on other batches: {@code PREFIX.logits} for {@code PREFIX.input_ids}. */
    public void variants(Judgement judgement) {
        for (String item : judgement.open()) {
            String prefix = item.endsWith(".logits") ? item.substring(0, item.length() - "logits".length()) : "";
            if (!prefix.isEmpty() && inputs.has(prefix + "input_ids")) {
                Batches variant = new Batches(PaddedBatch.of(inputs, prefix), batches.source());
                Graph graph = definition.graph(operations, GraphRequest.whole(heads(), variant.limits()));
                Map<String, HostTensor> outputs = runner(graph).run(model, graph, variant.inputs(definition, graph));
                judgement.compare(item, variant.difference(judgement.expected(), item, "logits", outputs.get("logits")));
            }
        }
    }

    /**
     * Compares gradients of the loss with respect to stored tensors, those that {@code expected} holds. Where the oracle runs,
     * tensors that the case calls insensitive have the case's tolerance, all others 1e-6 of their largest element.
     */
    public void gradients(Judgement judgement, TensorFile expected) {
        Config json = judgement.json();
        Config tolerances = json.object("grads").orElseThrow(() -> json.missing("grads")).object("tolerances")
            .orElseThrow(() -> json.missing("grads.tolerances"));
        gradients(LABELS, "", expected, "grad ", tolerances, Set.copyOf(json.texts("insensitive")), judgement);
    }

    /** Compares one output named otherwise in the case, whose labels have a name of their own. */
    void outputs(String labels, String prefix, Judgement judgement, String... names) {
        Graph graph = definition.graph(operations, GraphRequest.training(head.name(), false, batches.limits()));
        Map<String, HostTensor> outputs = run(graph, labels);
        for (String name : names) {
            String item = prefix + name;
            judgement.compare(item, batches.difference(judgement.expected(), item, name, outputs.get(name)));
        }
    }

    /**
     * @param prefix     of the names in {@code expected}, before those of stored tensors
     * @param called     what stands before the name of an item
     * @param tolerances by name in {@code expected}
     */
    void gradients(String labels, String prefix, TensorFile expected, String called, Config tolerances, Set<String> insensitive,
            Judgement judgement) {
        Optional<LeftPadding> padding = leftPadding();
        Graph forward = padding.map(left -> left.forward(training(left.whole()))).orElseGet(() -> training(batches.main()));
        Set<String> parameters = new HashSet<>(forward.parameters().stream().map(Node::name).toList());
        Graph graph = Autodiff.withGradients(operations, forward, parameters);
        boolean oracle = runner(graph).oracle();
        Map<String, double[]> stored = stored(padding.map(left -> run(left, left.swallowed(graph))).orElseGet(() ->
            run(graph, labels)), parameters);
        for (String name : expected.names()) {
            if (name.startsWith(prefix)) {
                double[] wanted = expected.reals(name);
                // Zeros where the loss does not depend on the tensor.
                double[] got = stored.getOrDefault(name.substring(prefix.length()), new double[wanted.length]);
                boolean strict = oracle && !insensitive.contains(name);
                judgement.compare(called + name.substring(prefix.length()), Differences.largest(wanted, got),
                    strict ? ORACLE_TOLERANCE * Differences.magnitude(wanted) : tolerances.real(name, 0));
            }
        }
    }

    /** Last hidden state {@code [tokens, hidden]} of one row alone. */
    public HostTensor lastHiddenState(int row) {
        RaggedBatch alone = RaggedBatch.of(rows().subList(row, row + 1));
        GraphRequest request = GraphRequest.whole(List.of(), GraphRequest.Limits.of(alone.tokens(), 1));
        Graph graph = definition.graph(operations, request.with(Extra.LAST_HIDDEN_STATE));
        return runner(graph).run(model, graph, alone.inputs(definition, graph, "")).get("last_hidden_state");
    }

    /** Logits of the last token of a row of a causal model; none where the head does not give what it says. */
    double[] logitsAfter(int[] ids) {
        RaggedBatch row = RaggedBatch.of(List.of(ids));
        Graph graph = definition.graph(operations, GraphRequest.whole(List.of("lm"), GraphRequest.Limits.of(ids.length, 1)));
        String output = definition.facts().head("lm").outputs().getFirst();
        HostTensor all = runner(graph).run(model, graph, row.inputs(definition, graph, "")).get(output);
        return all == null ? new double[0]
            : Arrays.copyOfRange(all.reals(), all.reals().length - all.reals().length / ids.length, all.reals().length);
    }

    private Map<String, double[]> stored(Map<String, HostTensor> outputs, Set<String> parameters) {
        Map<String, Binding> bindings = model.bindings();
        Map<String, double[]> stored = new HashMap<>();
        for (String parameter : parameters) {
            HostTensor gradient = outputs.get(Autodiff.gradientName(parameter));
            if (gradient != null) {
                BindingCells.of(bindings.get(parameter), model.stored()).addGradient(gradient.reals(), stored);
            }
        }
        return stored;
    }

    /** The loss over padded rows, as the library takes it. */
    private HostTensor paddedLoss() {
        PaddedBatch whole = PaddedBatch.whole(inputs);
        Graph graph = PaddedKeys.hide(operations,
            definition.graph(operations, GraphRequest.training(head.name(), false, whole.limits())), whole);
        Map<String, HostTensor> values = new HashMap<>(whole.ragged().inputs(definition, graph, ""));
        values.putAll(PaddedKeys.inputs(whole));
        values.putAll(LabelInputs.of(head, graph, inputs, LABELS, whole));
        return runner(graph).run(model, graph, values).get("loss");
    }

    /** Only causal losses count what a padded token predicts. */
    private Optional<LeftPadding> leftPadding() {
        return head.labels() == Head.Labels.NEXT_TOKEN && batches.source() == null ? LeftPadding.of(operations, inputs)
            : Optional.empty();
    }

    private Graph training(PaddedBatch batch) {
        return definition.graph(operations, GraphRequest.training(head.name(), false, batch == batches.main() ? batches.limits()
            : batch.limits()));
    }

    private Map<String, HostTensor> run(LeftPadding padding, Graph graph) {
        Optional<Map<String, Binding>> earlier = LeftPadding.earlierRow(graph, model.bindings());
        Map<String, HostTensor> values = new HashMap<>(padding.whole().ragged().inputs(definition, graph, ""));
        padding.inputs(earlier.isPresent()).forEach((name, value) -> {
            if (graph.input(name).isPresent()) {
                values.put(name, value);
            }
        });
        values.putAll(LabelInputs.of(head, graph, inputs, LABELS, padding.whole()));
        return runner(graph).run(earlier.map(bindings -> LeftPadding.bound(model, bindings)).orElse(model), graph, values);
    }

    private List<String> heads() {
        return head == HEADLESS ? List.of() : List.of(head.name());
    }

    private Map<String, HostTensor> run(Graph graph, String labels) {
        Map<String, HostTensor> values = new HashMap<>(batches.inputs(definition, graph));
        values.putAll(LabelInputs.of(head, graph, inputs, labels, batches.main()));
        return runner(graph).run(model, graph, values);
    }

    private GraphRunner runner(Graph graph) {
        return new GraphRunner(backends.apply(graph), numerics);
    }
}
