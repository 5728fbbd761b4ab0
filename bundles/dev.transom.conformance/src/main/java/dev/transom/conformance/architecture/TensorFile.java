package dev.transom.conformance.architecture;

import dev.transom.api.TransomException;
import dev.transom.api.format.FolderResources;
import dev.transom.api.format.TensorFormat;
import dev.transom.api.tensor.StoredTensor;
import dev.transom.api.tensor.TensorSource;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.SequencedSet;

/** One file of tensors beside a case, read into arrays. */
public final class TensorFile implements AutoCloseable {

    private final FolderResources folder;
    private final TensorSource source;
    private final String where;

    /**
     * Opens a file.
     *
     * @param formats of which the one is taken that the name of the file ends in
     * @throws TransomException where there is no such file or no such format
     */
    public TensorFile(List<TensorFormat> formats, Path file) {
        this.where = file.toString();
        String name = file.getFileName().toString();
        TensorFormat format = formats.stream().filter(candidate -> name.endsWith(candidate.suffix())).findFirst()
            .orElseThrow(() -> new TransomException(file
                + ": a reader of its format is required; none is running. Start dev.transom.format.huggingface."));
        this.folder = new FolderResources(file.getParent());
        this.source = format.read(where, folder.open(name).orElseThrow(() ->
            new TransomException(file + ": the case needs this file; it is absent.")));
    }

    public SequencedSet<String> names() {
        return source.names();
    }

    public boolean has(String name) {
        return source.find(name).isPresent();
    }

    public double[] reals(String name) {
        StoredTensor tensor = tensor(name);
        double[] values = new double[Math.toIntExact(tensor.elements())];
        for (int i = 0; i < values.length; i++) {
            values[i] = tensor.real(i);
        }
        return values;
    }

    public int[] ints(String name) {
        double[] reals = reals(name);
        int[] values = new int[reals.length];
        for (int i = 0; i < values.length; i++) {
            values[i] = (int) reals[i];
        }
        return values;
    }

    /** The tensor {@code [rows, columns]} of ints as rows. */
    public int[][] rows(String name) {
        int columns = shape(name)[1];
        int[] all = ints(name);
        int[][] rows = new int[shape(name)[0]][];
        for (int row = 0; row < rows.length; row++) {
            rows[row] = Arrays.copyOfRange(all, row * columns, (row + 1) * columns);
        }
        return rows;
    }

    public int[] shape(String name) {
        return tensor(name).shape().stream().mapToInt(Math::toIntExact).toArray();
    }

    private StoredTensor tensor(String name) {
        return source.find(name).orElseThrow(() -> new TransomException(where + ": tensor " + name
            + " is required by the case; it is absent."));
    }

    @Override
    public void close() {
        source.close();
        folder.close();
    }
}
