package dev.transom.format.huggingface.internal;

import dev.transom.api.TransomException;
import dev.transom.api.config.Config;
import dev.transom.api.format.ModelFiles;
import dev.transom.api.format.Resources;
import dev.transom.api.tensor.TensorSource;
import dev.transom.api.tokenizer.Tokenizer;
import dev.transom.api.tokenizer.TokenizerFormat;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A model folder as transformers' {@code save_pretrained} writes it. */
final class HuggingFaceFiles implements ModelFiles {

    private static final String CONFIG = "config.json";
    private static final String SINGLE = "model.safetensors";
    private static final String INDEX = "model.safetensors.index.json";
    /** Files of tokenizers, the preferred first, with the name of the format that reads them. */
    private static final List<Map.Entry<String, String>> TOKENIZERS = List.of(Map.entry("tokenizer.json", "tokenizer.json"),
        Map.entry("tokenizer.model", "tokenizer.model"), Map.entry("spiece.model", "tokenizer.model"));
    private static final String TOKENIZER_CONFIG = "tokenizer_config.json";

    private final Resources resources;
    private final List<TokenizerFormat> tokenizers;
    private final Config config;
    private TensorSource tensors;
    private Optional<Tokenizer> tokenizer;

    /** @param tokenizers the readers of tokenizers that bundles bring */
    HuggingFaceFiles(Resources resources, List<TokenizerFormat> tokenizers) {
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
            tokenizer = TOKENIZERS.stream().filter(file -> resources.names().contains(file.getKey())).findFirst()
                .map(file -> read(file.getKey(), file.getValue()));
        }
        return tokenizer;
    }

    @Override
    public void close() {
        resources.close();
    }

    private Tokenizer read(String file, String format) {
        TokenizerFormat reader = tokenizers.stream().filter(one -> one.name().equals(format)).findFirst()
            .orElseThrow(() -> new TransomException(path(file) + ": a bundle with the capability dev.transom.format; name=" + format
                + " must be running; none is. Start dev.transom.tokenizers."));
        return reader.read(path(file), bytes(file).orElseThrow(), bytes(TOKENIZER_CONFIG));
    }

    private Optional<byte[]> bytes(String name) {
        return resources.open(name).map(content -> content.toArray(ValueLayout.JAVA_BYTE));
    }

    @Override
    public Optional<String> chatTemplate() {
        Optional<String> alone = bytes("chat_template.jinja").map(content -> new String(content, StandardCharsets.UTF_8));
        return alone.or(() -> json(TOKENIZER_CONFIG).flatMap(HuggingFaceFiles::template));
    }

    /** One template, or several with names, of which the default is taken; or of a folder that has no other, tool_use. */
    private static Optional<String> template(Config tokenizer) {
        if (!(tokenizer.values().get("chat_template") instanceof List<?> named)) {
            return tokenizer.text("chat_template");
        }
        for (String wanted : List.of("default", "tool_use")) {
            for (Object one : named) {
                if (one instanceof Map<?, ?> entry && wanted.equals(entry.get("name")) && entry.get("template") instanceof String text) {
                    return Optional.of(text);
                }
            }
        }
        throw tokenizer.wrong("chat_template", "a text, or a list of templates with one named default", "a list of " + named.size());
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
