package dev.transom.samplers.internal;

import dev.transom.api.TransomException;
import dev.transom.api.format.FolderResources;
import dev.transom.api.format.TensorFormat;
import dev.transom.api.tensor.StoredTensor;
import dev.transom.api.tensor.TensorSource;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** A file of tensors beside a case, read into arrays. */
final class CaseTensors implements AutoCloseable {

    private final FolderResources folder;
    private final TensorSource source;

    CaseTensors(List<TensorFormat> formats, Path file) {
        String name = file.getFileName().toString();
        TensorFormat format = formats.stream().filter(candidate -> name.endsWith(candidate.suffix())).findFirst()
            .orElseThrow(() -> new TransomException(file
                + ": a reader of its format is required; none is running. Start dev.transom.format.huggingface."));
        folder = new FolderResources(file.getParent());
        try {
            source = format.read(file.toString(), folder.open(name).orElseThrow(() ->
                new TransomException(file + ": the case needs this file; it is absent.")));
        } catch (RuntimeException refused) {
            folder.close();
            throw refused;
        }
    }

    Optional<float[]> reals(String name) {
        return source.find(name).map(tensor -> {
            float[] values = new float[elements(tensor)];
            for (int i = 0; i < values.length; i++) {
                values[i] = (float) tensor.real(i);
            }
            return values;
        });
    }

    Optional<int[]> ints(String name) {
        return source.find(name).map(tensor -> {
            int[] values = new int[elements(tensor)];
            for (int i = 0; i < values.length; i++) {
                values[i] = (int) tensor.real(i);
            }
            return values;
        });
    }

    private static int elements(StoredTensor tensor) {
        return Math.toIntExact(tensor.elements());
    }

    @Override
    public void close() {
        source.close();
        folder.close();
    }
}
