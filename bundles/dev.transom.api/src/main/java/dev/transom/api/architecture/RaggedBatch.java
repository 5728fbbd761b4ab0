package dev.transom.api.architecture;

import dev.transom.graph.Graph;
import dev.transom.graph.HostTensor;
import dev.transom.graph.Node;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Whole rows of different lengths as one step without padding: makes every standard input that a graph without caches declares.
 *
 * @param rows      token ids of each row
 * @param types     token types of each row, or empty for zeros
 * @param positions positions of each row, or empty for 0, 1, 2, …
 */
public record RaggedBatch(List<int[]> rows, List<int[]> types, List<int[]> positions) {

    public RaggedBatch {
        rows = List.copyOf(rows);
        types = List.copyOf(types);
        positions = List.copyOf(positions);
    }

    public static RaggedBatch of(List<int[]> rows) {
        return new RaggedBatch(rows, List.of(), List.of());
    }

    /** Tokens of all rows. */
    public int tokens() {
        return rows.stream().mapToInt(row -> row.length).sum();
    }

    /** Index in the step of each row's first token, and one past the last. */
    public int[] offsets() {
        int[] offsets = new int[rows.size() + 1];
        for (int row = 0; row < rows.size(); row++) {
            offsets[row + 1] = offsets[row] + rows.get(row).length;
        }
        return offsets;
    }

    /**
     * The inputs among {@link Inputs} that {@code graph} declares under {@code prefix}; labels and seeds are the caller's.
     *
     * @param prefix empty, or {@link Inputs#SOURCE} for the source side of an encoder-decoder
     */
    public Map<String, HostTensor> inputs(ModelDefinition definition, Graph graph, String prefix) {
        Map<String, HostTensor> inputs = new HashMap<>();
        for (Node node : graph.inputs()) {
            if (node.name().startsWith(prefix)) {
                HostTensor input = input(definition, node.name().substring(prefix.length()));
                if (input != null) {
                    inputs.put(node.name(), input);
                }
            }
        }
        return inputs;
    }

    private HostTensor input(ModelDefinition definition, String name) {
        int[] offsets = offsets();
        return switch (name) {
            case Inputs.TOKENS -> ints(joined(rows));
            case Inputs.TOKEN_TYPES -> ints(types.isEmpty() ? new int[tokens()] : joined(types));
            case Inputs.POSITIONS -> ints(positions.isEmpty() ? counted() : joined(positions));
            case Inputs.OFFSETS -> ints(offsets);
            case Inputs.FIRST -> ints(IntStream.range(0, rows.size()).map(row -> offsets[row]).toArray());
            case Inputs.LAST -> ints(IntStream.range(0, rows.size()).map(row -> offsets[row + 1] - 1).toArray());
            case Inputs.SELECTED -> ints(IntStream.range(0, tokens()).toArray());
            case Inputs.ROPE_FREQUENCIES -> frequencies(definition);
            default -> null;
        };
    }

    /** All rows use the frequencies of the longest, as the library does for a padded batch. */
    private HostTensor frequencies(ModelDefinition definition) {
        int longest = rows.stream().mapToInt(row -> row.length).max().orElse(0);
        double[] one = definition.ropeFrequencies(longest).orElseThrow();
        double[] all = new double[rows.size() * one.length];
        for (int row = 0; row < rows.size(); row++) {
            System.arraycopy(one, 0, all, row * one.length, one.length);
        }
        return HostTensor.ofReals(all, rows.size(), one.length);
    }

    private int[] counted() {
        return rows.stream().flatMapToInt(row -> IntStream.range(0, row.length)).toArray();
    }

    private static int[] joined(List<int[]> parts) {
        return parts.stream().flatMapToInt(IntStream::of).toArray();
    }

    private static HostTensor ints(int[] elements) {
        return HostTensor.ofInts(elements, elements.length);
    }
}
