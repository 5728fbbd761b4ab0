package dev.transom.format.gguf.internal;

import dev.transom.api.config.Config;
import dev.transom.api.format.ModelFiles;
import dev.transom.api.format.Resources;
import dev.transom.api.tensor.TensorSource;
import dev.transom.api.tokenizer.Tokenizer;
import dev.transom.api.tokenizer.VocabularyReader;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/** An open GGUF model: one file has everything. */
final class GgufFiles implements ModelFiles {

    private static final List<String> ENDS = List.of("eos", "eot", "eom");

    private final Resources resources;
    private final String where;
    private final Parts parts;
    private final Config config;
    private final Supplier<VocabularyReader> reader;
    private Optional<Tokenizer> tokenizer;

    GgufFiles(Resources resources, String name, Supplier<VocabularyReader> reader) {
        this.resources = resources;
        this.where = resources.where() + "/" + name;
        this.parts = Parts.read(resources, name);
        this.config = GgufConfig.of(where, parts);
        this.reader = reader;
    }

    @Override
    public String where() {
        return where;
    }

    @Override
    public Config config() {
        return config;
    }

    /** The ids that begin, end and fill a text, by generation_config.json's names. */
    @Override
    public Config generationConfig() {
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("bos_token_id", id("bos"));
        values.put("pad_token_id", id("padding"));
        Set<Object> ends = new LinkedHashSet<>();
        for (String end : ENDS) {
            Object id = id(end);
            if (id != null) {
                ends.add(id);
            }
        }
        if (!ends.isEmpty()) {
            values.put("eos_token_id", new ArrayList<>(ends));
        }
        return new Config(where, values);
    }

    private Object id(String role) {
        return config.integer("tokenizer.ggml." + role + "_token_id").filter(id -> id >= 0 && id <= Integer.MAX_VALUE).orElse(null);
    }

    /** A GGUF file holds no other. */
    @Override
    public Optional<Config> json(String name) {
        return Optional.empty();
    }

    @Override
    public TensorSource tensors() {
        return parts;
    }

    @Override
    public synchronized Optional<Tokenizer> tokenizer() {
        if (tokenizer == null) {
            tokenizer = config.text("tokenizer.ggml.model").filter(model -> !model.equals("none"))
                .map(_ -> reader.get().read(where, config));
        }
        return tokenizer;
    }

    @Override
    public Optional<String> chatTemplate() {
        return config.text("tokenizer.chat_template");
    }

    @Override
    public void close() {
        resources.close();
    }
}
