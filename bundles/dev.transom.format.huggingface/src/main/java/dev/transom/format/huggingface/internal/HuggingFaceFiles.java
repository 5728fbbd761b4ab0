package dev.transom.format.huggingface.internal;

import dev.transom.api.TransomException;
import dev.transom.api.config.Config;
import dev.transom.api.format.ModelFiles;
import dev.transom.api.format.Resources;
import dev.transom.api.tensor.TensorSource;
import dev.transom.api.tokenizer.Tokenizer;
import dev.transom.api.tokenizer.TokenizerFormat;
import java.lang.foreign.ValueLayout;
import java.util.Map;
import java.util.Optional;

/** A model folder as transformers' {@code save_pretrained} writes it. */
final class HuggingFaceFiles implements ModelFiles {

    private static final String CONFIG = "config.json";
    private static final String SINGLE = "model.safetensors";
    private static final String INDEX = "model.safetensors.index.json";
    private static final String TOKENIZER = "tokenizer.json";
    private static final String TOKENIZER_CONFIG = "tokenizer_config.json";

    private final Resources resources;
    private final Optional<TokenizerFormat> tokenizers;
    private final Config config;
    private TensorSource tensors;
    private Optional<Tokenizer> tokenizer;

    /** @param tokenizers the reader of tokenizer.json, empty when no bundle brings one */
    HuggingFaceFiles(Resources resources, Optional<TokenizerFormat> tokenizers) {
        this.resources = resources;
        this.tokenizers = tokenizers;
        this.config = json(CONFIG).orElseThrow(() -> new TransomException(resources.where() + ": a model folder must hold "
            + CONFIG + "; it does not. Give the folder that holds it."));
    }

    @Override
    public String where() {
        return resources.where();
    }

    @Override
    public Config config() {
        return config;
    }

    @Override
    public Config generationConfig() {
        return json("generation_config.json").orElseGet(() -> new Config(path("generation_config.json"), Map.of()));
    }

    @Override
    public Optional<Config> json(String name) {
        return resources.open(name).map(bytes -> new Config(path(name), JsonText.document(path(name), bytes)));
    }

    @Override
    public synchronized TensorSource tensors() {
        if (tensors == null) {
            tensors = openTensors();
        }
        return tensors;
    }

    @Override
    public synchronized Optional<Tokenizer> tokenizer() {
        if (tokenizer == null) {
            tokenizer = resources.open(TOKENIZER).map(bytes -> reader().read(path(TOKENIZER),
                bytes.toArray(ValueLayout.JAVA_BYTE),
                resources.open(TOKENIZER_CONFIG).map(more -> more.toArray(ValueLayout.JAVA_BYTE))));
        }
        return tokenizer;
    }

    @Override
    public void close() {
        resources.close();
    }

    private TokenizerFormat reader() {
        return tokenizers.orElseThrow(() -> new TransomException(path(TOKENIZER)
            + ": a bundle with the capability dev.transom.format; name=tokenizer.json must be running; none is."
            + " Start dev.transom.tokenizers."));
    }

    private TensorSource openTensors() {
        Optional<Config> index = json(INDEX);
        if (resources.names().contains(SINGLE)) {
            return Safetensors.read(path(SINGLE), resources.open(SINGLE).orElseThrow());
        }
        if (index.isPresent()) {
            return ShardedTensors.read(resources, index.get());
        }
        boolean pickle = resources.names().stream().anyMatch(name -> name.endsWith(".bin") || name.endsWith(".pt"));
        throw new TransomException(where() + ": weights must be in " + SINGLE + " or in shards with " + INDEX + "; there is "
            + (pickle ? "a pickle file, which is never read since it may run code. Convert it to safetensors."
                : "neither. Download the weights."));
    }

    private String path(String name) {
        return resources.where() + "/" + name;
    }
}
