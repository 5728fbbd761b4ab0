package dev.transom.architecture.encoder.internal;

import dev.transom.api.architecture.GraphRequest;
import dev.transom.api.architecture.GraphRequest.Limits;
import dev.transom.api.architecture.Head;
import dev.transom.api.architecture.Inputs;
import dev.transom.api.architecture.ModelDefinition;
import dev.transom.api.backend.Executable;
import dev.transom.api.backend.PlanOptions;
import dev.transom.api.backend.PlanOptions.Numerics;
import dev.transom.api.backend.Workspace;
import dev.transom.api.tensor.Format;
import dev.transom.api.tensor.TypePlan;
import dev.transom.backend.reference.internal.ReferenceBackend;
import dev.transom.graph.ElementType;
import dev.transom.graph.Graph;
import dev.transom.graph.HostTensor;
import dev.transom.graph.Operations;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;

/** Runs a case's head on the reference backend in float64. */
record CaseRun(ModelDefinition definition, CaseParameters parameters, PaddedBatch batch, Tensors inputs) {

    private static final PlanOptions FLOAT64 = new PlanOptions(Numerics.EXACT, true, 0);

    static CaseRun of(GoldenCase golden, PaddedBatch batch) {
        ModelDefinition definition = golden.definition();
        return new CaseRun(definition, new CaseParameters(definition.bindings(golden.weights().names()), golden.weights()),
            batch, golden.inputs());
    }

    Head head() {
        return definition.facts().head(definition.facts().defaultHead());
    }

    /** The graph of the default head with hidden states, and with the loss where it has labels. */
    Graph graph() {
        Limits limits = Limits.of(batch.ragged().tokens(), batch.ragged().rows().size());
        boolean loss = head().labels() != Head.Labels.NONE;
        return definition.graph(Operations.core(), new GraphRequest(List.of(head().name()), false, loss, false, false, false,
            Set.of(GraphRequest.Extra.values()), limits));
    }

    /** Everything that the graph of {@link #graph} asks for. */
    Map<String, HostTensor> given(Graph graph) {
        Map<String, HostTensor> given = new HashMap<>(batch.ragged().inputs(definition, graph, ""));
        given.putAll(labels());
        return given;
    }

    private Map<String, HostTensor> labels() {
        int rows = batch.ragged().rows().size();
        return switch (head().labels()) {
            case NONE -> Map.of();
            case TOKEN -> Map.of(Inputs.LABELS, ints(batch.tokenLabels(inputs.rows("labels"), 0)));
            case NEXT_TOKEN -> Map.of(Inputs.LABELS, ints(batch.tokenLabels(inputs.rows("labels"), 1)));
            case ROW_CLASS -> Map.of(Inputs.LABELS, ints(inputs.ints("labels")));
            case ROW_MULTI_LABEL, ROW_VALUE -> Map.of(Inputs.LABELS,
                HostTensor.ofReals(inputs.reals("labels"), rows, inputs.reals("labels").length / rows));
            case SPAN -> Map.of(Inputs.START_LABELS, ints(batch.tokens(inputs.ints("start_positions"))),
                Inputs.END_LABELS, ints(batch.tokens(inputs.ints("end_positions"))));
            case TOKEN_AND_NEXT_SENTENCE -> Map.of(Inputs.LABELS, ints(batch.tokenLabels(inputs.rows("labels"), 0)),
                Inputs.NEXT_SENTENCE_LABELS, ints(inputs.ints("next_sentence_label")));
        };
    }

    /** Runs a graph and reads all outputs. */
    Map<String, double[]> run(Graph graph, Map<String, HostTensor> given) {
        ReferenceBackend backend = new ReferenceBackend(Operations.core());
        try (Executable executable = backend.load(backend.plan(graph, TypePlan.uniform(Format.F32), FLOAT64), parameters);
                Workspace workspace = executable.workspace(null)) {
            graph.inputs().forEach(input -> set(workspace, input.name(), given.get(input.name())));
            workspace.run();
            Map<String, double[]> outputs = new LinkedHashMap<>();
            for (String name : graph.outputs().keySet()) {
                double[] values = new double[IntStream.of(workspace.shape(name)).reduce(1, Math::multiplyExact)];
                workspace.readReals(name, values);
                outputs.put(name, values);
            }
            return outputs;
        }
    }

    private static void set(Workspace workspace, String name, HostTensor tensor) {
        if (tensor == null) {
            throw new AssertionError("the graph asks for " + name + ", which the case does not give");
        }
        int[] shape = Arrays.stream(tensor.shape()).mapToInt(Math::toIntExact).toArray();
        if (tensor.type() == ElementType.I32) {
            workspace.setInts(name, tensor.ints(), shape);
        } else {
            workspace.setReals(name, tensor.reals(), shape);
        }
    }

    private static HostTensor ints(int[] values) {
        return HostTensor.ofInts(values, values.length);
    }
}
