package dev.transom.conformance.architecture;

import dev.transom.api.architecture.GraphRequest.Limits;
import dev.transom.api.architecture.RaggedBatch;
import dev.transom.graph.HostTensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A padded batch {@code [rows, columns]} of a case, turned ragged.
 *
 * @param columns columns of the padded batch
 * @param valid   columns of each row that hold tokens; only these compare
 * @param kept    columns of each row that became tokens of the step: the valid ones, or all
 * @param ragged  the step
 */
record PaddedBatch(int columns, List<int[]> valid, List<int[]> kept, RaggedBatch ragged) {

    /** Without padding. The inputs are called prefix + input_ids, attention_mask, token_type_ids, position_ids. */
    static PaddedBatch of(TensorFile inputs, String prefix) {
        return of(inputs, prefix + "input_ids", prefix + "attention_mask", prefix + "token_type_ids",
            prefix + "position_ids", false);
    }

    /** With the padding as tokens of the step, for {@link PaddedKeys}. */
    static PaddedBatch whole(TensorFile inputs) {
        return of(inputs, "input_ids", "attention_mask", "token_type_ids", "position_ids", true);
    }

    /** The target side of an encoder-decoder, without padding. */
    static PaddedBatch target(TensorFile inputs) {
        return of(inputs, "decoder_input_ids", "decoder_attention_mask", "", "decoder_position_ids", false);
    }

    private static PaddedBatch of(TensorFile inputs, String ids, String mask, String types, String positions, boolean whole) {
        int[][] padded = inputs.rows(ids);
        int columns = inputs.shape(ids)[1];
        int[][] masks = inputs.has(mask) ? inputs.rows(mask) : null;
        List<int[]> valid = new ArrayList<>();
        for (int row = 0; row < padded.length; row++) {
            int[] marks = masks == null ? null : masks[row];
            valid.add(IntStream.range(0, columns).filter(column -> marks == null || marks[column] != 0).toArray());
        }
        List<int[]> kept = whole ? valid.stream().map(_ -> IntStream.range(0, columns).toArray()).toList() : valid;
        return new PaddedBatch(columns, List.copyOf(valid), List.copyOf(kept), new RaggedBatch(pick(padded, kept),
            inputs.has(types) ? pick(inputs.rows(types), kept) : List.of(),
            inputs.has(positions) ? pick(inputs.rows(positions), kept) : List.of()));
    }

    int rows() {
        return kept.size();
    }

    Limits limits() {
        return Limits.of(ragged.tokens(), rows());
    }

    boolean padded() {
        return valid.stream().anyMatch(columnsOfRow -> columnsOfRow.length < columns);
    }

    /** Index in the step of the token that stood at (row, column); −100, which losses ignore, when it is not in the step. */
    int token(int row, int column) {
        int at = Arrays.binarySearch(kept.get(row), column);
        return at < 0 ? -100 : ragged.offsets()[row] + at;
    }

    /** Indices in the step of all valid tokens. */
    int[] validTokens() {
        return IntStream.range(0, rows()).flatMap(row ->
            Arrays.stream(valid.get(row)).map(column -> token(row, column))).toArray();
    }

    /** Whether {@code actual} has a row for each token of the step and {@code expected} one for each place of the batch. */
    boolean perToken(int[] expected, HostTensor actual) {
        return actual.shape().length > 0 && actual.shape()[0] == ragged.tokens()
            && expected.length >= 2 && expected[0] == rows() && expected[1] == columns;
    }

    /** Largest difference at valid positions between an expected padded tensor and one of the step. */
    double difference(double[] expected, double[] actual) {
        int width = actual.length / Math.max(1, ragged.tokens());
        if (width * ragged.tokens() != actual.length || expected.length != rows() * columns * width) {
            return Double.POSITIVE_INFINITY;
        }
        double largest = 0;
        for (int row = 0; row < rows(); row++) {
            for (int column : valid.get(row)) {
                int from = token(row, column) * width;
                int at = (row * columns + column) * width;
                largest = Math.max(largest, Differences.largest(Arrays.copyOfRange(expected, at, at + width),
                    Arrays.copyOfRange(actual, from, from + width)));
            }
        }
        return largest;
    }

    private static List<int[]> pick(int[][] rows, List<int[]> columns) {
        List<int[]> picked = new ArrayList<>();
        for (int row = 0; row < rows.length; row++) {
            int[] values = rows[row];
            picked.add(Arrays.stream(columns.get(row)).map(column -> values[column]).toArray());
        }
        return picked;
    }
}
