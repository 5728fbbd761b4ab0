package dev.transom.app.quantize.internal;

import dev.transom.api.tensor.StoredTensor;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * What is to be written: metadata and tensors by GGUF's names.
 *
 * @param metadata Long, Double, Boolean, String, or a list of one of these; in the order of the file
 * @param tensors  in the order of the file
 */
record Source(Map<String, Object> metadata, List<Tensor> tensors) {

    Source {
        tensors = List.copyOf(tensors);
    }

    /**
     * A tensor, made when it is written.
     *
     * @param shape slowest first
     * @param data  gives its elements in any format
     */
    record Tensor(String name, List<Long> shape, Supplier<StoredTensor> data) {
    }

    int layers() {
        Object layers = metadata.get(metadata.get("general.architecture") + ".block_count");
        return layers instanceof Long count ? count.intValue() : 0;
    }

    boolean has(String tensor) {
        return tensors.stream().anyMatch(one -> one.name().equals(tensor));
    }
}
