package dev.transom.architecture.encoder.internal;

import dev.transom.api.architecture.RaggedBatch;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The padded batch of a case as a step without padding.
 *
 * @param columns width of the padded batch
 * @param kept    columns of each row that are tokens of the step
 */
record PaddedBatch(int columns, List<int[]> kept, RaggedBatch ragged) {

    /** Only the columns with attention_mask 1. */
    static PaddedBatch valid(Tensors inputs) {
        int[][] mask = inputs.rows("attention_mask");
        return of(inputs, Arrays.stream(mask).map(row ->
            IntStream.range(0, row.length).filter(column -> row[column] != 0).toArray()).toList());
    }

    /** All columns, padding too. */
    static PaddedBatch all(Tensors inputs) {
        int columns = inputs.size("input_ids", 1);
        return of(inputs, Arrays.stream(inputs.rows("input_ids")).map(_ -> IntStream.range(0, columns).toArray()).toList());
    }

    private static PaddedBatch of(Tensors inputs, List<int[]> kept) {
        return new PaddedBatch(inputs.size("input_ids", 1), kept, new RaggedBatch(pick(inputs.rows("input_ids"), kept),
            inputs.has("token_type_ids") ? pick(inputs.rows("token_type_ids"), kept) : List.of(), List.of()));
    }

    /** The labels of each token of the step; a label outside the batch is ignored. */
    int[] tokenLabels(int[][] labels, int shift) {
        return IntStream.range(0, labels.length).flatMap(row -> Arrays.stream(kept.get(row)).map(column ->
            column + shift < columns ? labels[row][column + shift] : -100)).toArray();
    }

    /** Index in the step of the token at a column of each row. */
    int[] tokens(int[] columnOfRow) {
        return IntStream.range(0, kept.size()).map(row ->
            ragged.offsets()[row] + Arrays.binarySearch(kept.get(row), columnOfRow[row])).toArray();
    }

    /** The values of the step's tokens among those of the padded batch {@code [rows, columns, …]}. */
    double[] ragged(double[] padded) {
        int width = padded.length / (kept.size() * columns);
        double[] values = new double[ragged.tokens() * width];
        int at = 0;
        for (int row = 0; row < kept.size(); row++) {
            for (int column : kept.get(row)) {
                System.arraycopy(padded, (row * columns + column) * width, values, at, width);
                at += width;
            }
        }
        return values;
    }

    private static List<int[]> pick(int[][] rows, List<int[]> kept) {
        return IntStream.range(0, rows.length).mapToObj(row ->
            Arrays.stream(kept.get(row)).map(column -> rows[row][column]).toArray()).toList();
    }
}
