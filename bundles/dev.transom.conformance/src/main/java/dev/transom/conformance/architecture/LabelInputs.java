package dev.transom.conformance.architecture;

import dev.transom.api.architecture.Head;
import dev.transom.api.architecture.Inputs;
import dev.transom.graph.Graph;
import dev.transom.graph.HostTensor;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.IntStream;

/** Turns the labels of a case, as a library takes them, into the label inputs of a graph. */
final class LabelInputs {

    private static final int IGNORED = -100;

    private LabelInputs() {
    }

    /**
     * Every label input that {@code graph} declares.
     *
     * @param labels name of the main labels in the file
     * @param batch  the side that is labelled
     */
    static Map<String, HostTensor> of(Head head, Graph graph, TensorFile inputs, String labels, PaddedBatch batch) {
        Map<String, HostTensor> made = new HashMap<>();
        if (graph.input(Inputs.LABELS).isPresent()) {
            made.put(Inputs.LABELS, main(head, inputs, labels, batch));
        }
        if (graph.input(Inputs.START_LABELS).isPresent()) {
            made.put(Inputs.START_LABELS, span(inputs.ints("start_positions"), batch));
            made.put(Inputs.END_LABELS, span(inputs.ints("end_positions"), batch));
        }
        if (graph.input(Inputs.NEXT_SENTENCE_LABELS).isPresent()) {
            made.put(Inputs.NEXT_SENTENCE_LABELS, HostTensor.ofInts(inputs.ints("next_sentence_label"), batch.rows()));
        }
        return made;
    }

    private static HostTensor main(Head head, TensorFile inputs, String name, PaddedBatch batch) {
        return switch (head.labels()) {
            case NEXT_TOKEN -> perToken(inputs.rows(name), batch, 1);
            case TOKEN, TOKEN_AND_NEXT_SENTENCE -> perToken(inputs.rows(name), batch, 0);
            case ROW_CLASS -> HostTensor.ofInts(inputs.ints(name), batch.rows());
            case ROW_MULTI_LABEL, ROW_VALUE -> {
                double[] values = inputs.reals(name);
                yield HostTensor.ofReals(values, batch.rows(), values.length / batch.rows());
            }
            case NONE, SPAN -> throw new IllegalArgumentException("head " + head.name() + " has no input " + Inputs.LABELS);
        };
    }

    private static HostTensor perToken(int[][] labels, PaddedBatch batch, int ahead) {
        int[] made = IntStream.range(0, batch.rows()).flatMap(row -> IntStream.of(batch.kept().get(row)).map(column ->
            column + ahead < batch.columns() ? labels[row][column + ahead] : IGNORED)).toArray();
        return HostTensor.ofInts(made, made.length);
    }

    private static HostTensor span(int[] columns, PaddedBatch batch) {
        int[] tokens = IntStream.range(0, columns.length).map(row -> batch.token(row, columns[row])).toArray();
        return HostTensor.ofInts(tokens, tokens.length);
    }
}
