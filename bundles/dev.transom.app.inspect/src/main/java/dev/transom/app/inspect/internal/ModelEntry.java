package dev.transom.app.inspect.internal;

import dev.transom.api.TransomException;
import dev.transom.api.architecture.ModelFacts;
import dev.transom.api.model.Models;
import dev.transom.api.model.OpenModel;
import dev.transom.api.tensor.StoredTensor;
import dev.transom.api.tensor.TensorSource;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;

/** A line of the list of models. */
sealed interface ModelEntry {

    /** What opens it. */
    String reference();

    /**
     * A model that can be opened.
     *
     * @param elements stored numbers
     * @param bytes    bytes of all tensors
     * @param format   the format that takes most bytes
     */
    record Readable(String reference, ModelFacts facts, long elements, long bytes, String format) implements ModelEntry {
    }

    /** A model that cannot, and why. */
    record Unreadable(String reference, String sentence) implements ModelEntry {
    }

    static ModelEntry of(Models models, String reference, Path directory) {
        try (OpenModel model = models.open(reference, directory)) {
            long elements = 0;
            Map<String, Long> bytes = new HashMap<>();
            TensorSource source = model.files().tensors();
            for (String name : source.names()) {
                StoredTensor tensor = source.find(name).orElseThrow();
                elements += tensor.elements();
                bytes.merge(tensor.format().name(), tensor.data().byteSize(), Long::sum);
            }
            return new Readable(reference, model.definition().facts(), elements,
                bytes.values().stream().mapToLong(Long::longValue).sum(),
                bytes.entrySet().stream().max(Comparator.comparingLong(Map.Entry::getValue)).map(Map.Entry::getKey).orElse("none"));
        } catch (TransomException unreadable) {
            return new Unreadable(reference, unreadable.getMessage());
        }
    }
}
