package dev.transom.app.conform.internal;

import dev.transom.api.TransomException;
import jakarta.json.Json;
import jakarta.json.JsonException;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Reads case.json files. */
final class CaseFiles {

    private CaseFiles() {
    }

    static JsonObject read(Path file) {
        try (JsonReader reader = Json.createReader(Files.newInputStream(file))) {
            return reader.readObject();
        } catch (IOException | JsonException unreadable) {
            throw new TransomException(file + ": it must be a readable JSON object; "
                + String.valueOf(unreadable.getMessage()).replaceAll("\\s+", " ") + ".", unreadable);
        }
    }

    static String kind(Path file) {
        String kind = read(file).getString("kind", "");
        if (kind.isEmpty()) {
            throw new TransomException(file + ": kind is required, so that a kit can be found; it is absent. Add it.");
        }
        return kind;
    }
}
