package dev.transom.format.gguf.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.transom.api.TransomException;
import dev.transom.api.config.Config;
import dev.transom.api.format.FolderResources;
import dev.transom.api.format.ModelFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GgufFilesTest {

    private final GgufFormat format = new GgufFormat();

    @TempDir
    private Path folder;

    private static Map<String, Object> llama(Object... more) {
        Map<String, Object> metadata = new LinkedHashMap<>(Map.of("general.architecture", "llama", "llama.embedding_length", 64,
            "llama.attention.head_count", 4, "llama.attention.layer_norm_rms_epsilon", 1e-5f));
        for (int i = 0; i < more.length; i += 2) {
            metadata.put((String) more[i], more[i + 1]);
        }
        return metadata;
    }

    private void write(String name, Map<String, Object> metadata, String... tensors) throws IOException {
        Files.write(folder.resolve(name), Written.file(metadata, List.of(tensors)));
    }

    private Config config(Map<String, Object> metadata, String... tensors) throws IOException {
        write("one.gguf", metadata, tensors);
        try (ModelFiles files = format.open(new FolderResources(folder))) {
            return files.config();
        }
    }

    @Test
    void saysMetadataInTheWordsOfConfigJson() throws IOException {
        Config config = config(llama("llama.feed_forward_length", List.of(96, 96), "tokenizer.ggml.tokens", List.of("a", "b")), "t");
        assertEquals("llama", config.text("model_type").orElseThrow());
        assertEquals(64, config.size("hidden_size"));
        assertEquals(96, config.size("intermediate_size"));
        assertEquals(2, config.size("vocab_size"));
        assertEquals(1e-5, config.real("rms_norm_eps", 0));
        assertTrue(config.flag("tie_word_embeddings", false));
        assertEquals(64, config.size("llama.embedding_length"));
    }

    @Test
    void knowsFamiliesByTheirOwnNames() throws IOException {
        assertEquals("mixtral", config(llama("llama.expert_count", 8), "t").text("model_type").orElseThrow());
        Config gemma = config(Map.of("general.architecture", "gemma3", "gemma3.attention.key_length", 256), "output.weight");
        assertEquals("gemma3_text", gemma.text("model_type").orElseThrow());
        assertEquals(256, gemma.size("query_pre_attn_scalar"));
        assertFalse(gemma.flag("tie_word_embeddings", true));
    }

    @Test
    void saysDivisorsOfFrequenciesAsAScaling() throws IOException {
        assertEquals(List.of(0.0), config(llama(), "rope_freqs.weight").object("rope_scaling").orElseThrow().list("divisors"));
        Config linear = config(llama("llama.rope.scaling.type", "linear", "llama.rope.scaling.factor", 8f), "t")
            .object("rope_scaling").orElseThrow();
        assertEquals("linear", linear.text("rope_type").orElseThrow());
        assertEquals(8, linear.real("factor", 0));
    }

    @Test
    void gathersTheIdsThatEndAText() throws IOException {
        write("one.gguf", llama("tokenizer.ggml.bos_token_id", 1, "tokenizer.ggml.eos_token_id", 2, "tokenizer.ggml.eot_token_id", 7,
            "tokenizer.chat_template", "{{ x }}"), "t");
        try (ModelFiles files = format.open(new FolderResources(folder))) {
            assertEquals(List.of(2, 7), files.generationConfig().ids("eos_token_id"));
            assertEquals(List.of(1), files.generationConfig().ids("bos_token_id"));
            assertEquals("{{ x }}", files.chatTemplate().orElseThrow());
        }
    }

    @Test
    void readsAModelInPartsByAnyOfThem() throws IOException {
        write("m-00001-of-00002.gguf", llama("split.count", 2), "a", "b");
        write("m-00002-of-00002.gguf", Map.of("split.count", 2), "c");
        for (FolderResources resources : List.of(new FolderResources(folder),
                FolderResources.around(folder.resolve("m-00002-of-00002.gguf")))) {
            assertTrue(format.recognises(resources));
            try (ModelFiles files = format.open(resources)) {
                assertEquals(List.of("a", "b", "c"), List.copyOf(files.tensors().names()));
                assertTrue(files.where().endsWith("m-00001-of-00002.gguf"));
            }
        }
        Files.delete(folder.resolve("m-00002-of-00002.gguf"));
        assertEquals(folder + ": the file m-00002-of-00002.gguf is part of the model and is required; there is no such file."
            + " Download it too.", assertThrows(TransomException.class, () -> format.open(new FolderResources(folder))).getMessage());
    }

    @Test
    void asksWhichOfTwoModelsIsMeant() throws IOException {
        write("a.gguf", llama(), "t");
        write("b.gguf", llama(), "t");
        assertEquals(folder + ": one GGUF model is required; the folder holds 2, [a.gguf, b.gguf]. Name the file.",
            assertThrows(TransomException.class, () -> format.open(new FolderResources(folder))).getMessage());
        try (ModelFiles files = format.open(FolderResources.around(folder.resolve("b.gguf")))) {
            assertEquals(folder + "/b.gguf", files.where());
        }
    }

    @Test
    void leavesFoldersOfSafetensorsToOthers() throws IOException {
        write("a.gguf", llama(), "t");
        Files.writeString(folder.resolve("model.safetensors"), "");
        assertFalse(format.recognises(new FolderResources(folder)));
        assertTrue(format.recognises(FolderResources.around(folder.resolve("a.gguf"))));
    }
}
