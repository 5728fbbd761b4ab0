package dev.transom.conformance.architecture;

import dev.transom.api.TransomException;
import dev.transom.api.config.Config;
import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonException;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/** Reads the JSON files of cases. */
public final class CaseFile {

    private CaseFile() {
    }

    /**
     * Reads a file that holds a JSON object.
     *
     * @throws TransomException when it cannot be read or is no JSON object
     */
    public static Config read(Path file) {
        try (JsonReader reader = Json.createReader(Files.newInputStream(file))) {
            return new Config(file.toString(), members(reader.readObject()));
        } catch (IOException | JsonException | StackOverflowError unreadable) {
            throw new TransomException(file + ": it must be a readable JSON object; "
                + String.valueOf(unreadable.getMessage()).replaceAll("\\s+", " ") + ".", unreadable);
        }
    }

    private static Map<String, Object> members(JsonObject object) {
        Map<String, Object> members = new LinkedHashMap<>();
        object.forEach((key, value) -> members.put(key, plain(value)));
        return members;
    }

    private static Object plain(JsonValue value) {
        return switch (value) {
            case JsonObject object -> members(object);
            case JsonArray array -> array.stream().map(CaseFile::plain).toList();
            case JsonString text -> text.getString();
            case JsonNumber number when number.isIntegral() -> (Object) number.longValue();
            case JsonNumber number -> (Object) number.doubleValue();
            default -> switch (value.getValueType()) {
                case TRUE -> true;
                case FALSE -> false;
                default -> null;
            };
        };
    }
}
