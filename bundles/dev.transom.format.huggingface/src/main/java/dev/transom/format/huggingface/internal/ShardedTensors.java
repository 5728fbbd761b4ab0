package dev.transom.format.huggingface.internal;

import dev.transom.api.TransomException;
import dev.transom.api.config.Config;
import dev.transom.api.format.Resources;
import dev.transom.api.tensor.StoredTensor;
import dev.transom.api.tensor.TensorSource;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedSet;

/** Tensors of several safetensors files, as {@code model.safetensors.index.json} distributes them. */
final class ShardedTensors implements TensorSource {

    private final Map<String, StoredTensor> tensors;

    private ShardedTensors(Map<String, StoredTensor> tensors) {
        this.tensors = Collections.unmodifiableMap(tensors);
    }

    static ShardedTensors read(Resources resources, Config index) {
        Config map = index.object("weight_map").orElseThrow(() -> index.missing("weight_map"));
        Map<String, Safetensors> shards = new LinkedHashMap<>();
        Map<String, StoredTensor> tensors = new LinkedHashMap<>();
        for (String name : map.values().keySet()) {
            String file = map.text(name).orElseThrow(() -> map.missing(name));
            Safetensors shard = shards.computeIfAbsent(file, missing -> open(resources, index, missing));
            tensors.put(name, shard.find(name).orElseThrow(() -> new TransomException(shard.where() + ": tensor " + name
                + " must be in this file, says " + index.where() + "; it is not. Download the file again.")));
        }
        return new ShardedTensors(tensors);
    }

    private static Safetensors open(Resources resources, Config index, String file) {
        return Safetensors.read(resources.where() + "/" + file, resources.open(file).orElseThrow(() -> new TransomException(
            resources.where() + ": shard " + file + " is required by " + index.where() + "; there is no such file. Download it.")));
    }

    @Override
    public SequencedSet<String> names() {
        return new LinkedHashSet<>(tensors.keySet());
    }

    @Override
    public Optional<StoredTensor> find(String name) {
        return Optional.ofNullable(tensors.get(name));
    }

    /** The mappings belong to the model's resources. */
    @Override
    public void close() {
    }
}
