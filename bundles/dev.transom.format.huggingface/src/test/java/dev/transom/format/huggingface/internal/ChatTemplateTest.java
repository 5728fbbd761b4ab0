package dev.transom.format.huggingface.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.transom.api.TransomException;
import dev.transom.api.format.FolderResources;
import dev.transom.api.format.ModelFiles;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ChatTemplateTest {

    @TempDir
    Path folder;

    @BeforeEach
    void holdsAModel() throws Exception {
        Files.writeString(folder.resolve("config.json"), "{\"model_type\": \"x\"}");
    }

    @Test
    void aFileOfItsOwnWinsOverTheConfiguration() throws Exception {
        assertEquals(Optional.empty(), template());
        configure("\"{{ 1 }}\"");
        assertEquals(Optional.of("{{ 1 }}"), template());
        Files.writeString(folder.resolve("chat_template.jinja"), "é\n");
        assertEquals(Optional.of("é\n"), template());
    }

    @Test
    void ofSeveralTheOneNamedDefaultIsTaken() throws Exception {
        configure("[{\"name\": \"tool_use\", \"template\": \"t\"}, {\"name\": \"default\", \"template\": \"d\"}]");
        assertEquals(Optional.of("d"), template());
        configure("[{\"name\": \"tool_use\", \"template\": \"t\"}]");
        assertEquals(Optional.of("t"), template());
        configure("[{\"name\": \"rag\", \"template\": \"r\"}]");
        assertEquals(folder + "/tokenizer_config.json: chat_template must be a text, or a list of templates with one named default; got a "
            + "list of 1.", assertThrows(TransomException.class, this::template).getMessage());
    }

    private void configure(String template) throws Exception {
        Files.writeString(folder.resolve("tokenizer_config.json"), "{\"chat_template\": " + template + "}");
    }

    private Optional<String> template() {
        try (ModelFiles files = new HuggingFaceFormat().open(new FolderResources(folder))) {
            return files.chatTemplate();
        }
    }
}
