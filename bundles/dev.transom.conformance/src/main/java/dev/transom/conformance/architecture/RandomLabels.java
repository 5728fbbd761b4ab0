package dev.transom.conformance.architecture;

import dev.transom.api.architecture.Head;
import dev.transom.api.architecture.Inputs;
import dev.transom.conformance.architecture.Row.Part;
import dev.transom.graph.CounterRandom;
import dev.transom.graph.Graph;
import dev.transom.graph.HostTensor;
import dev.transom.graph.Node;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Labels for the loss of a head, and a seed for its dropout. */
final class RandomLabels {

    private static final int IGNORED = -100;

    private RandomLabels() {
    }

    /** Values for the label inputs that a graph declares. */
    static Map<String, HostTensor> of(Head head, Graph graph, List<Part> parts) {
        Map<String, HostTensor> labels = new HashMap<>();
        int rows = parts.size();
        int tokens = parts.stream().mapToInt(Part::tokens).sum();
        for (Node node : graph.inputs()) {
            switch (node.name()) {
                case Inputs.LABELS -> labels.put(Inputs.LABELS, switch (head.labels()) {
                    case ROW_MULTI_LABEL, ROW_VALUE -> values(rows, Math.toIntExact(node.output().shape().last().max()));
                    case ROW_CLASS -> classes(rows, classes(head, graph), false);
                    default -> classes(tokens, classes(head, graph), true);
                });
                case Inputs.NEXT_SENTENCE_LABELS -> labels.put(Inputs.NEXT_SENTENCE_LABELS, classes(rows, 2, false));
                case Inputs.START_LABELS, Inputs.END_LABELS -> labels.put(node.name(), span(parts, node.name()));
                default -> { }
            }
        }
        return labels;
    }

    static HostTensor seed(int seed, int step) {
        return HostTensor.ofInts(new int[] {seed, step}, 2);
    }

    private static int classes(Head head, Graph graph) {
        return Math.toIntExact(graph.outputs().get(head.outputs().getFirst()).shape().last().max());
    }

    /** Some tokens have none. */
    private static HostTensor classes(int count, int classes, boolean gaps) {
        int[] labels = new int[count];
        Arrays.setAll(labels, i -> gaps && i % 5 == 3 ? IGNORED : Math.floorMod(CounterRandom.bits(5, 1, 0, i), classes));
        return HostTensor.ofInts(labels, count);
    }

    private static HostTensor values(int rows, int values) {
        double[] labels = new double[rows * values];
        Arrays.setAll(labels, i -> CounterRandom.uniform(5, 2, 0, i));
        return HostTensor.ofReals(labels, rows, values).rounded();
    }

    /** A token of each row. */
    private static HostTensor span(List<Part> parts, String name) {
        int[] labels = new int[parts.size()];
        int before = 0;
        for (int row = 0; row < labels.length; row++) {
            labels[row] = before + Math.floorMod(CounterRandom.bits(5, name.hashCode(), 0, row), parts.get(row).tokens());
            before += parts.get(row).tokens();
        }
        return HostTensor.ofInts(labels, labels.length);
    }
}
