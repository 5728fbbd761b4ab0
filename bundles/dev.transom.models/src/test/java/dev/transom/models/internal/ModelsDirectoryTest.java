package dev.transom.models.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.transom.api.format.ModelFiles;
import dev.transom.api.format.ModelFormat;
import dev.transom.api.format.Resources;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModelsDirectoryTest {

    @TempDir
    private Path folder;

    @Test
    void namesFoldersAndFilesThatAFormatRecognises() throws IOException {
        file("minilm/config.json");
        file("small.toy");
        file("notes.txt");
        file("someone/large/config.json");
        file("someone/readme.txt");
        file(".cache/hidden/config.json");
        assertEquals(List.of("minilm", "small.toy", "someone/large"), directory().names());
    }

    @Test
    void findsWhatLiesInItAndNothingElse() throws IOException {
        file("in/minilm/config.json");
        file("out/config.json");
        ModelsDirectory in = new ModelsDirectory(folder.resolve("in"), List.of(new Toy()));
        assertEquals(Optional.of(folder.resolve("in/minilm")), in.find("minilm"));
        assertEquals(Optional.empty(), in.find("../out"));
        assertEquals(Optional.empty(), in.find(""));
        assertEquals(Optional.empty(), in.find("absent"));
    }

    @Test
    void isEmptyWhereThereIsNoDirectory() {
        assertEquals(List.of(), new ModelsDirectory(folder.resolve("none"), List.of(new Toy())).names());
    }

    private ModelsDirectory directory() {
        return new ModelsDirectory(folder, List.of(new Toy()));
    }

    private void file(String name) throws IOException {
        Files.createDirectories(folder.resolve(name).getParent());
        Files.writeString(folder.resolve(name), "{}");
    }

    /** A config.json makes a folder a model, the suffix .toy a file. */
    private static final class Toy implements ModelFormat {

        @Override
        public String name() {
            return "toy";
        }

        @Override
        public boolean recognises(Resources resources) {
            return resources.chosen().map(name -> name.endsWith(".toy")).orElseGet(() -> resources.names().contains("config.json"));
        }

        @Override
        public ModelFiles open(Resources resources) {
            throw new UnsupportedOperationException("only names are asked for");
        }
    }
}
