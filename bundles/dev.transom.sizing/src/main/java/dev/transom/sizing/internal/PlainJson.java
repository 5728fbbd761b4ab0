package dev.transom.sizing.internal;

import dev.transom.api.TransomException;
import jakarta.json.Json;
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

/** JSON as the plain values that a configuration holds. */
final class PlainJson {

    private PlainJson() {
    }

    static JsonObject read(Path file) {
        try (JsonReader reader = Json.createReader(Files.newInputStream(file))) {
            return reader.readObject();
        } catch (IOException | JsonException unreadable) {
            throw new TransomException(file + ": it must be a readable JSON object; "
                + String.valueOf(unreadable.getMessage()).replaceAll("\\s+", " ") + ".", unreadable);
        }
    }

    /** The members of an object; null stays null. */
    static Map<String, Object> object(JsonObject object) {
        Map<String, Object> members = new LinkedHashMap<>();
        object.forEach((name, value) -> members.put(name, plain(value)));
        return members;
    }

    private static Object plain(JsonValue value) {
        return switch (value.getValueType()) {
            case OBJECT -> object(value.asJsonObject());
            case ARRAY -> value.asJsonArray().stream().map(PlainJson::plain).toList();
            case STRING -> ((JsonString) value).getString();
            case NUMBER -> number((JsonNumber) value);
            case TRUE -> true;
            case FALSE -> false;
            case NULL -> null;
        };
    }

    private static Object number(JsonNumber number) {
        return number.isIntegral() ? (Object) number.longValueExact() : (Object) number.doubleValue();
    }
}
