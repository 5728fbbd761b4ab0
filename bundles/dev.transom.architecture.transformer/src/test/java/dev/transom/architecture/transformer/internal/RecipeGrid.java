package dev.transom.architecture.transformer.internal;

import dev.transom.api.config.Config;
import dev.transom.api.format.FolderResources;
import dev.transom.api.format.ModelFiles;
import dev.transom.api.tensor.StoredTensor;
import dev.transom.api.tensor.TensorSource;
import dev.transom.format.huggingface.internal.HuggingFaceFormat;
import dev.transom.format.huggingface.internal.SafetensorsFormat;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The reference grid: one set of weights and inputs, results of every combination. */
final class RecipeGrid implements AutoCloseable {

    private final FolderResources folder;
    private final ModelFiles files;
    private final Map<String, TensorSource> opened = new HashMap<>();
    private final Config description;
    private final Config weightsUsed;

    RecipeGrid() {
        String given = System.getProperty("transom.golden");
        Path root = given != null ? Path.of(given) : Path.of(URI.create(RecipeGrid.class.getResource("/golden").toString()));
        this.folder = new FolderResources(root.resolve("recipe"));
        this.files = new HuggingFaceFormat().open(new FolderResources(root.resolve("recipe")));
        this.description = json("case.json");
        this.weightsUsed = json("weights-used.json");
    }

    /** Names of all combinations. */
    List<String> names() {
        List<String> names = new ArrayList<>();
        for (String structure : description.texts("structures")) {
            for (String position : description.texts("positions")) {
                for (String activation : description.texts("activations")) {
                    for (String normalisation : description.texts("normalisations")) {
                        names.add(String.join(".", structure, position, activation, normalisation));
                    }
                }
            }
        }
        return names;
    }

    /** The configuration of a combination, as a model folder would have it. */
    Config config(String name, Object... changes) {
        String[] words = name.split("\\.");
        Map<String, Object> values = new TreeMap<>(files.config().values());
        values.put("model_type", "transformer");
        values.put("structure", words[0]);
        values.put("position", words[1]);
        values.put("activation", words[2]);
        values.put("normalisation", words[3]);
        for (int i = 0; i < changes.length; i += 2) {
            values.put((String) changes[i], changes[i + 1]);
        }
        return new Config("config.json", values);
    }

    double tolerance(String tensor) {
        return description.object("tolerances").orElseThrow().real(tensor, 0);
    }

    double gradientTolerance(String tensor) {
        return description.object("grads_tolerances").orElseThrow().real(tensor, 0);
    }

    /** Names of the weights that a combination uses. */
    List<String> used(String name) {
        return weightsUsed.texts(name);
    }

    TensorSource tensors(String file) {
        return opened.computeIfAbsent(file, _ -> new SafetensorsFormat().read(file, folder.open(file).orElseThrow()));
    }

    private Config json(String file) {
        return files.json(file).orElseThrow();
    }

    static double[] reals(TensorSource source, String name) {
        StoredTensor tensor = source.find(name).orElseThrow(() -> new AssertionError("the grid has no tensor " + name));
        double[] values = new double[Math.toIntExact(tensor.elements())];
        Arrays.setAll(values, tensor::real);
        return values;
    }

    /** The tensor {@code [rows, columns]} as rows. */
    static int[][] rows(TensorSource source, String name) {
        int[] all = Arrays.stream(reals(source, name)).mapToInt(value -> (int) value).toArray();
        int columns = Math.toIntExact(source.find(name).orElseThrow().shape().get(1));
        int[][] rows = new int[all.length / columns][];
        Arrays.setAll(rows, row -> Arrays.copyOfRange(all, row * columns, (row + 1) * columns));
        return rows;
    }

    @Override
    public void close() {
        files.close();
        folder.close();
    }
}
