package dev.transom.app.conform.internal;

import dev.transom.api.architecture.GraphRequest;
import dev.transom.api.architecture.GraphRequest.Extra;
import dev.transom.api.architecture.Head;
import dev.transom.api.architecture.ModelDefinition;
import dev.transom.api.backend.Backends;
import dev.transom.api.model.OpenModel;
import dev.transom.api.tensor.Binding;
import dev.transom.graph.Autodiff;
import dev.transom.graph.Graph;
import dev.transom.graph.HostTensor;
import dev.transom.graph.Node;
import dev.transom.graph.Operations;
import jakarta.json.JsonObject;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Runs one model of a case and compares outputs and gradients. */
final class ModelJudge {

    /** Of each tensor's largest element, for the oracle in float64. */
    private static final double ORACLE_TOLERANCE = 1e-6;

    private static final Head HEADLESS = new Head("", List.of(), Head.Labels.NONE);

    private final OpenModel model;
    private final ModelDefinition definition;
    private final Operations operations;
    private final Backends backends;
    private final String backend;
    private final TensorFile inputs;
    private final Head head;
    private final Batches batches;

    ModelJudge(OpenModel model, Operations operations, Backends backends, String backend, TensorFile inputs) {
        this.model = model;
        this.definition = model.definition();
        this.operations = operations;
        this.backends = backends;
        this.backend = backend;
        this.inputs = inputs;
        String name = definition.facts().defaultHead();
        this.head = name.isEmpty() ? HEADLESS : definition.facts().head(name);
        this.batches = Batches.of(inputs, definition);
    }

    /** Head outputs, hidden states and the loss. */
    void outputs(Judgement judgement) {
        boolean loss = judgement.expected().has("loss");
        GraphRequest request = (loss ? GraphRequest.training(head.name(), false, batches.limits())
            : GraphRequest.whole(heads(), batches.limits())).with(Extra.HIDDEN_STATES, Extra.LAST_HIDDEN_STATE);
        Graph graph = definition.graph(operations, request);
        Map<String, HostTensor> outputs = run(graph, "labels");
        if (loss && head.labels() == Head.Labels.SPAN && batches.main().padded()) {
            outputs.put("loss", paddedLoss());
        }
        for (String item : judgement.open()) {
            HostTensor output = outputs.get(item);
            if (output != null) {
                judgement.compare(item, batches.difference(item, judgement.expected(), output));
            }
        }
    }

    /** The same model on other batches: {@code PREFIX.logits} for {@code PREFIX.input_ids}. */
    void variants(Judgement judgement) {
        for (String item : judgement.open()) {
            String prefix = item.endsWith(".logits") ? item.substring(0, item.length() - "logits".length()) : "";
            if (!prefix.isEmpty() && inputs.has(prefix + "input_ids")) {
                Batches variant = new Batches(PaddedBatch.of(inputs, prefix), batches.source());
                Graph graph = definition.graph(operations, GraphRequest.whole(heads(), variant.limits()));
                Map<String, HostTensor> outputs = runner(graph).run(model, graph, variant.inputs(definition, graph));
                judgement.compare(item, variant.difference(item, judgement.expected(), outputs.get("logits")));
            }
        }
    }

    /** Logits and loss of a case that gives its labels a name of their own. */
    Map<String, HostTensor> outputs(String labels) {
        return run(definition.graph(operations, GraphRequest.training(head.name(), false, batches.limits())), labels);
    }

    Batches batches() {
        return batches;
    }

    /** Gradients of the loss with respect to stored tensors, those that {@code expected} holds. */
    void gradients(Judgement judgement, TensorFile expected) {
        JsonObject json = judgement.json();
        JsonObject tolerances = json.getJsonObject("grads").getJsonObject("tolerances");
        Set<String> insensitive = new HashSet<>();
        if (json.getJsonArray("insensitive") != null) {
            json.getJsonArray("insensitive").getValuesAs(jakarta.json.JsonString.class)
                .forEach(name -> insensitive.add(name.getString()));
        }
        Gradients gradients = gradients("labels");
        for (String name : expected.names()) {
            double[] wanted = expected.reals(name);
            boolean strict = gradients.oracle() && !insensitive.contains(name);
            double tolerance = strict ? ORACLE_TOLERANCE * Differences.magnitude(wanted)
                : tolerances.getJsonNumber(name).doubleValue();
            judgement.compare("grad " + name, Differences.largest(wanted, gradients.of(name, wanted.length)), tolerance);
        }
    }

    /** Runs the loss forwards and backwards. */
    Gradients gradients(String labels) {
        Graph forward = definition.graph(operations, GraphRequest.training(head.name(), false, batches.limits()));
        Set<String> parameters = new HashSet<>(forward.parameters().stream().map(Node::name).toList());
        Graph graph = Autodiff.withGradients(operations, forward, parameters);
        Map<String, HostTensor> outputs = run(graph, labels);
        Map<String, Binding> bindings = definition.bindings(Set.copyOf(model.files().tensors().names()));
        StoredGradients stored = new StoredGradients(name -> model.files().tensors().find(name).orElseThrow()
            .shape().stream().mapToLong(Long::longValue).toArray());
        for (String parameter : parameters) {
            Optional.ofNullable(outputs.get(Autodiff.gradientName(parameter)))
                .ifPresent(gradient -> stored.add(bindings.get(parameter), gradient.reals()));
        }
        return new Gradients(stored.gradients(), runner(graph).oracle());
    }

    /** The loss over padded rows, as the library takes it. */
    private HostTensor paddedLoss() {
        PaddedBatch whole = PaddedBatch.whole(inputs);
        Graph graph = PaddedKeys.hide(operations,
            definition.graph(operations, GraphRequest.training(head.name(), false, whole.limits())), whole);
        Map<String, HostTensor> values = new HashMap<>(whole.ragged().inputs(definition, graph, ""));
        values.putAll(PaddedKeys.inputs(whole));
        values.putAll(LabelInputs.of(head, graph, inputs, "labels", whole));
        return runner(graph).run(model, graph, values).get("loss");
    }

    private List<String> heads() {
        return head == HEADLESS ? List.of() : List.of(head.name());
    }

    private Map<String, HostTensor> run(Graph graph, String labels) {
        Map<String, HostTensor> values = new HashMap<>(batches.inputs(definition, graph));
        values.putAll(LabelInputs.of(head, graph, inputs, labels, batches.main()));
        return runner(graph).run(model, graph, values);
    }

    private Runner runner(Graph graph) {
        return new Runner(backends.choose(Optional.of(backend), graph));
    }

    /**
     * Gradients by name of stored tensor.
     *
     * @param oracle computed in float64
     */
    record Gradients(Map<String, double[]> byName, boolean oracle) {

        /** Zeros where the loss does not depend on the tensor. */
        double[] of(String name, int elements) {
            return byName.getOrDefault(name, new double[elements]);
        }
    }
}
