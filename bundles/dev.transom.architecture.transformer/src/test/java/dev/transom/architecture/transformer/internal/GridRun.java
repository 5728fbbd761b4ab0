package dev.transom.architecture.transformer.internal;

import dev.transom.api.architecture.GraphRequest;
import dev.transom.api.architecture.GraphRequest.Limits;
import dev.transom.api.architecture.Inputs;
import dev.transom.api.architecture.ModelDefinition;
import dev.transom.api.architecture.RaggedBatch;
import dev.transom.api.backend.Executable;
import dev.transom.api.backend.PlanOptions;
import dev.transom.api.backend.PlanOptions.Numerics;
import dev.transom.api.backend.Workspace;
import dev.transom.api.config.Config;
import dev.transom.api.tensor.Binding;
import dev.transom.api.tensor.Format;
import dev.transom.api.tensor.ParameterStore;
import dev.transom.api.tensor.StoredTensor;
import dev.transom.api.tensor.TensorSource;
import dev.transom.api.tensor.TypePlan;
import dev.transom.backend.reference.internal.ReferenceBackend;
import dev.transom.graph.Autodiff;
import dev.transom.graph.ElementType;
import dev.transom.graph.Graph;
import dev.transom.graph.HostTensor;
import dev.transom.graph.Operations;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * One combination with the grid's inputs, on the reference backend.
 *
 * @param structure its first word
 * @param target    the rows whose logits are expected
 * @param source    what an encoder-decoder reads; the target again for the others
 */
record GridRun(ModelDefinition definition, String structure, Padded target, Padded source, TensorSource inputs,
        TensorSource weights) {

    /** The columns of a padded batch that are tokens, in each row, and the step they make. */
    record Padded(int columns, int[] lengths, RaggedBatch ragged) {

        static Padded of(TensorSource inputs, String ids, String mask) {
            int[][] rows = RecipeGrid.rows(inputs, ids);
            int[] lengths = Arrays.stream(RecipeGrid.rows(inputs, mask)).mapToInt(row -> Arrays.stream(row).sum()).toArray();
            return new Padded(rows[0].length, lengths, RaggedBatch.of(IntStream.range(0, rows.length)
                .mapToObj(row -> Arrays.copyOf(rows[row], lengths[row])).toList()));
        }

        /** Where each token of the step stands in the padded batch, plus {@code shift} columns; -1 outside its row. */
        int[] places(int shift) {
            return IntStream.range(0, lengths.length).flatMap(row -> IntStream.range(0, lengths[row]).map(column ->
                column + shift < columns ? row * columns + column + shift : -1)).toArray();
        }
    }

    static GridRun of(RecipeGrid grid, String name) {
        return of(grid, grid.config(name));
    }

    static GridRun of(RecipeGrid grid, Config config) {
        TensorSource inputs = grid.tensors("inputs.safetensors");
        Padded source = Padded.of(inputs, "input_ids", "attention_mask");
        String structure = config.text("structure").orElseThrow();
        Padded target = structure.equals("encoder-decoder")
            ? Padded.of(inputs, "decoder_input_ids", "decoder_attention_mask") : source;
        return new GridRun(new TransformerArchitecture().define(config), structure, target, source, inputs,
            grid.tensors("weights.safetensors"));
    }

    /** Logits and loss, with gradients of the named parameters. */
    Graph graph(Operations operations, List<String> trained) {
        Limits limits = new Limits(target.ragged().tokens(), target.lengths().length, 1, 1, source.ragged().tokens());
        Graph forward = definition.graph(operations, GraphRequest.training(definition.facts().defaultHead(), false, limits));
        return trained.isEmpty() ? forward : Autodiff.withGradients(operations, forward, trained);
    }

    Map<String, double[]> run(Operations operations, Graph graph, boolean float64) {
        Map<String, HostTensor> given = new HashMap<>(target.ragged().inputs(definition, graph, ""));
        given.putAll(source.ragged().inputs(definition, graph, Inputs.SOURCE));
        given.put(Inputs.LABELS, labels());
        ReferenceBackend backend = new ReferenceBackend(operations);
        PlanOptions options = new PlanOptions(Numerics.EXACT, float64, 1);
        try (Executable executable = backend.load(backend.plan(graph, TypePlan.uniform(Format.F32), options), parameters());
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

    /** A decoder's label is that of the next column, everybody else's that of the token's own. */
    private HostTensor labels() {
        int[] padded = Arrays.stream(RecipeGrid.rows(inputs, structure + ".labels")).flatMapToInt(Arrays::stream).toArray();
        int shift = structure.equals("decoder") || structure.equals("prefix-decoder") ? 1 : 0;
        int[] labels = Arrays.stream(target.places(shift)).map(place -> place < 0 ? -100 : padded[place]).toArray();
        return HostTensor.ofInts(labels, labels.length);
    }

    /** The values of the step's tokens among those of the padded batch {@code [rows, columns, …]}. */
    double[] ragged(double[] padded) {
        int width = padded.length / (target.lengths().length * target.columns());
        return Arrays.stream(target.places(0)).boxed().flatMapToDouble(place ->
            Arrays.stream(padded, place * width, (place + 1) * width)).toArray();
    }

    /** Names of the grid's tensors for parameters. */
    Map<String, String> stored() {
        Map<String, String> stored = new HashMap<>();
        definition.bindings(weights.names()).forEach((name, binding) -> stored.put(name, ((Binding.Stored) binding).name()));
        return stored;
    }

    private ParameterStore parameters() {
        Map<String, String> stored = stored();
        return new ParameterStore() {
            @Override
            public long version() {
                return 0;
            }

            @Override
            public Optional<StoredTensor> find(String name) {
                return weights.find(stored.get(name));
            }

            @Override
            public Optional<Format> format(String name) {
                return find(name).map(StoredTensor::format);
            }
        };
    }

    private static void set(Workspace workspace, String name, HostTensor tensor) {
        if (tensor == null) {
            throw new AssertionError("the graph asks for " + name + ", which the grid does not give");
        }
        int[] shape = Arrays.stream(tensor.shape()).mapToInt(Math::toIntExact).toArray();
        if (tensor.type() == ElementType.I32) {
            workspace.setInts(name, tensor.ints(), shape);
        } else {
            workspace.setReals(name, tensor.reals(), shape);
        }
    }
}
