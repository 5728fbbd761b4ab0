package dev.transom.architecture.encoder.internal;

import dev.transom.api.tensor.StoredTensor;
import dev.transom.api.tensor.TensorSource;
import java.util.Arrays;

/** One file of tensors beside a case, read into arrays. */
record Tensors(TensorSource source) {

    boolean has(String name) {
        return source.find(name).isPresent();
    }

    double[] reals(String name) {
        StoredTensor tensor = source.find(name).orElseThrow(() -> new AssertionError("the case has no tensor " + name));
        double[] values = new double[Math.toIntExact(tensor.elements())];
        Arrays.setAll(values, tensor::real);
        return values;
    }

    int[] ints(String name) {
        return Arrays.stream(reals(name)).mapToInt(value -> (int) value).toArray();
    }

    int size(String name, int axis) {
        return Math.toIntExact(source.find(name).orElseThrow().shape().get(axis));
    }

    /** The tensor {@code [rows, columns]} as rows. */
    int[][] rows(String name) {
        int columns = size(name, 1);
        int[] all = ints(name);
        int[][] rows = new int[size(name, 0)][];
        Arrays.setAll(rows, row -> Arrays.copyOfRange(all, row * columns, (row + 1) * columns));
        return rows;
    }
}
