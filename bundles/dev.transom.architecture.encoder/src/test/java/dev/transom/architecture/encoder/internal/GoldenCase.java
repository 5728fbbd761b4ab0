package dev.transom.architecture.encoder.internal;

import dev.transom.api.architecture.ModelDefinition;
import dev.transom.api.config.Config;
import dev.transom.api.format.FolderResources;
import dev.transom.api.format.ModelFiles;
import dev.transom.api.tensor.TensorSource;
import dev.transom.format.huggingface.internal.HuggingFaceFormat;
import dev.transom.format.huggingface.internal.SafetensorsFormat;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;

/** One folder of reference results: from {@code -Dtransom.golden} or from the copies beside the tests. */
final class GoldenCase implements AutoCloseable {

    private final FolderResources folder;
    private final ModelFiles files;

    GoldenCase(String name) {
        Path path = root().resolve("architectures").resolve(name);
        this.folder = new FolderResources(path);
        this.files = new HuggingFaceFormat().open(new FolderResources(path));
    }

    static Path root() {
        String given = System.getProperty("transom.golden");
        return given != null ? Path.of(given)
            : Path.of(URI.create(GoldenCase.class.getResource("/golden").toString()));
    }

    Config config() {
        return files.config();
    }

    ModelDefinition definition() {
        return new EncoderArchitecture().define(config());
    }

    TensorSource weights() {
        return files.tensors();
    }

    Tensors inputs() {
        return tensors("inputs.safetensors");
    }

    Tensors expected() {
        return tensors("expected.safetensors");
    }

    Tensors gradients() {
        return tensors("grads.safetensors");
    }

    /** Largest absolute difference allowed for an expected tensor. */
    double tolerance(String name) {
        Config description = files.json("case.json").orElseThrow();
        return description.object("tolerances").orElse(description).real(name, description.real("tolerance", 0));
    }

    /** Tensors that do not move the result. */
    List<String> insensitive() {
        return files.json("case.json").orElseThrow().texts("insensitive");
    }

    private Tensors tensors(String file) {
        return new Tensors(new SafetensorsFormat().read(file, folder.open(file).orElseThrow()));
    }

    @Override
    public void close() {
        files.close();
        folder.close();
    }
}
