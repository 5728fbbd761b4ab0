package dev.transom.conformance.architecture;

import dev.transom.api.architecture.Inputs;
import dev.transom.api.tensor.Binding;
import dev.transom.api.tensor.Format;
import dev.transom.api.tensor.ParameterStore;
import dev.transom.api.tensor.StoredTensor;
import dev.transom.graph.AttentionMask;
import dev.transom.graph.Attributes;
import dev.transom.graph.Dim;
import dev.transom.graph.Graph;
import dev.transom.graph.GraphBuilder;
import dev.transom.graph.HostTensor;
import dev.transom.graph.Node;
import dev.transom.graph.Operations;
import dev.transom.graph.Shape;
import dev.transom.graph.Type;
import dev.transom.graph.Value;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A causal loss over rows padded on the left, as Hugging Face takes it: the last padded token of a row predicts the first valid one, so
 * what the library computes at padded positions counts. There every key is masked by the least number there is, which swallows
 * the scores: a padded token sees all tokens of its row evenly, while gradients pass to the scores as if nothing was swallowed.
 */
record LeftPadding(Operations operations, PaddedBatch whole) {

    private static final String KEYS = "conform.keys";
    private static final String KEY_OFFSETS = "conform.key_offsets";
    private static final String PADDED = "conform.padded";
    /** Marks attention whose scores are swallowed. */
    private static final String EVEN = "conform.even";

    /** The batch, where its loss counts a padded token; labels are those of the case. */
    static Optional<LeftPadding> of(Operations operations, TensorFile inputs) {
        PaddedBatch whole = PaddedBatch.whole(inputs);
        int[][] labels = inputs.has("labels") ? inputs.rows("labels") : new int[0][];
        for (int row = 0; row < labels.length; row++) {
            int first = whole.valid().get(row)[0];
            if (first > 0 && labels[row][first] >= 0) {
                return Optional.of(new LeftPadding(operations, whole));
            }
        }
        return Optional.empty();
    }

    /** The graph with attention over padded rows. */
    Graph forward(Graph graph) {
        GraphBuilder builder = new GraphBuilder(operations);
        return PaddedKeys.rewritten(builder, graph, (node, inputs) -> {
            if (!node.operation().equals("attention")) {
                return null;
            }
            Value keys = builder.input(KEYS, Type.i32(Dim.bounded("keys", whole.validTokens().length)));
            Value offsets = inputs.get(3);
            AttentionMask mask = AttentionMask.of(node.attributes());
            Value seen = builder.attention(inputs.get(0), builder.gather(inputs.get(1), keys), builder.gather(inputs.get(2), keys),
                offsets, builder.input(KEY_OFFSETS, offsets.tensor()), inputs.get(5), mask);
            Value none = builder.constant(Shape.of(inputs.get(5).shape().maxSizes()),
                new double[Math.toIntExact(inputs.get(5).shape().maxElements())]);
            Value even = builder.op("attention", AttentionMask.bidirectional(mask.scale()).attributes().with(EVEN, true),
                inputs.get(0), inputs.get(1), inputs.get(2), offsets, offsets, none);
            Value padded = builder.input(PADDED, Type.f32(inputs.get(0).shape().dim(0), Dim.of(1),
                Dim.of(1)));
            return List.of(builder.add(seen, builder.mul(even, padded)));
        });
    }

    /** The graph, gradients included, with swallowed scores. */
    Graph swallowed(Graph graph) {
        GraphBuilder builder = new GraphBuilder(operations);
        return PaddedKeys.rewritten(builder, graph, (node, inputs) -> {
            if (!node.attributes().has(EVEN)) {
                return null;
            }
            Attributes mask = AttentionMask.of(node.attributes()).attributes();
            List<Value> noQueries = new ArrayList<>(inputs);
            noQueries.set(0, builder.scale(inputs.get(0), 0));
            if (node.operation().equals("attention")) {
                return outputs(builder.apply("attention", mask, noQueries));
            }
            List<Value> noKeys = new ArrayList<>(inputs);
            noKeys.set(1, builder.scale(inputs.get(1), 0));
            List<Value> first = outputs(builder.apply(node.operation(), mask, noQueries));
            return List.of(first.get(0), outputs(builder.apply(node.operation(), mask, noKeys)).get(1), first.get(2));
        });
    }

    /** Values of the inputs that {@link #forward} added, and positions, where those of tokens begin after the padding. */
    Map<String, HostTensor> inputs(boolean shifted) {
        int[] keys = whole.validTokens();
        int[] offsets = new int[whole.rows() + 1];
        int columns = whole.columns();
        double[] padded = new double[whole.rows() * columns];
        int[] positions = new int[padded.length];
        for (int row = 0; row < whole.rows(); row++) {
            int first = whole.valid().get(row)[0];
            offsets[row + 1] = offsets[row] + whole.valid().get(row).length;
            Arrays.fill(padded, row * columns, row * columns + first, 1);
            for (int column = 0; column < columns; column++) {
                positions[row * columns + column] = Math.max(-1, column - first) + (shifted ? 1 : 0);
            }
        }
        return Map.of(KEYS, HostTensor.ofInts(keys, keys.length), KEY_OFFSETS, HostTensor.ofInts(offsets, offsets.length),
            PADDED, HostTensor.ofReals(padded, padded.length, 1, 1), Inputs.POSITIONS, HostTensor.ofInts(positions, positions.length));
    }

    /**
     * The table of positions that a graph looks up, bound one row earlier, so that padding finds the row before the first; empty where
     * positions are no table, or none of its rows is cut off.
     */
    static Optional<Map<String, Binding>> earlierRow(Graph graph, Map<String, Binding> bindings) {
        for (Node node : graph.nodes()) {
            if (node.operation().equals("gather") && named(graph, node, 1, Node.INPUT).filter(Inputs.POSITIONS::equals).isPresent()) {
                String table = named(graph, node, 0, Node.PARAMETER).orElse("");
                if (bindings.get(table) instanceof Binding.Slice(Binding of, int axis, long start, long end) && axis == 0 && start > 0) {
                    return Optional.of(Map.of(table, new Binding.Slice(of, 0, start - 1, end - 1)));
                }
            }
        }
        return Optional.empty();
    }

    /** The model with a few parameters bound otherwise. */
    static JudgedModel bound(JudgedModel model, Map<String, Binding> otherwise) {
        CellParameters changed = new CellParameters(otherwise, model.stored());
        ParameterStore all = model.parameters();
        return new JudgedModel(model.definition(), new ParameterStore() {
            @Override
            public long version() {
                return all.version();
            }

            @Override
            public Optional<StoredTensor> find(String name) {
                return otherwise.containsKey(name) ? changed.find(name) : all.find(name);
            }

            @Override
            public Optional<Format> format(String name) {
                return otherwise.containsKey(name) ? changed.format(name) : all.format(name);
            }
        }, model.types(), model.stored());
    }

    private static Optional<String> named(Graph graph, Node node, int input, String kind) {
        Node from = graph.nodes().get(node.inputs().get(input).node());
        return from.operation().equals(kind) ? Optional.of(from.name()) : Optional.empty();
    }

    private static List<Value> outputs(Node node) {
        List<Value> outputs = new ArrayList<>();
        for (int i = 0; i < node.types().size(); i++) {
            outputs.add(node.output(i));
        }
        return outputs;
    }
}
