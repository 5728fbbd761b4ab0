package dev.transom.app.chat.internal;

import dev.transom.api.TransomException;
import dev.transom.api.config.Integers;
import jakarta.json.Json;
import jakarta.json.JsonException;
import jakarta.json.JsonNumber;
import jakarta.json.JsonReader;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import jakarta.json.JsonWriter;
import jakarta.json.stream.JsonGenerator;
import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Conversations as JSON: an object with {@code messages}, the system message among them. */
final class DialogueFile {

    private static final Set<String> ROLES = Set.of("system", "user", "assistant", "tool");
    private static final long LARGEST = 64L << 20;

    private DialogueFile() {
    }

    /** Writes a file that is not there yet; returns it. */
    static Path save(Path file, Dialogue dialogue) {
        Map<String, Object> root = new LinkedHashMap<>();
        root.put("messages", dialogue.conversation().messages());
        StringWriter text = new StringWriter();
        try (JsonWriter writer = Json.createWriterFactory(Map.of(JsonGenerator.PRETTY_PRINTING, true)).createWriter(text)) {
            writer.write(value(root));
        }
        try {
            Files.writeString(file, text.toString().strip() + "\n", StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
            return file;
        } catch (FileAlreadyExistsException there) {
            throw new TransomException(file + ": the file must not be there yet; it is. Give another name.", there);
        } catch (IOException unwritable) {
            throw new TransomException(file + ": the file must be writable; " + unwritable.getMessage() + ".", unwritable);
        }
    }

    /** Replaces the messages by those of a file; leaves them alone if it is wrong. */
    @SuppressWarnings("unchecked")
    static void load(Path file, Dialogue dialogue) {
        Object root = read(file);
        List<Map<String, Object>> messages = new ArrayList<>();
        for (Object message : root instanceof Map<?, ?> map && map.get("messages") instanceof List<?> list ? list : List.of(Map.of())) {
            if (!(message instanceof Map<?, ?> fields) || !(fields.get("role") instanceof String role) || !ROLES.contains(role)
                    || !fields.containsKey("content")) {
                throw new TransomException(file + ": it must be an object with messages, each with a role (system, user, assistant, tool) and "
                    + "content; it is not.");
            }
            messages.add((Map<String, Object>) fields);
        }
        boolean system = !messages.isEmpty() && "system".equals(messages.getFirst().get("role"));
        if (system) {
            dialogue.system(Optional.of(String.valueOf(messages.removeFirst().get("content"))));
        }
        dialogue.reset();
        dialogue.messages().addAll(messages);
    }

    /** Reads any JSON file as plain values. */
    static Object read(Path file) {
        try {
            if (Files.size(file) > LARGEST) {
                throw new TransomException(file + ": the file may have " + (LARGEST >> 20) + " MB; it has more.");
            }
            try (JsonReader reader = Json.createReader(new StringReader(Files.readString(file)))) {
                return plain(reader.readValue());
            }
        } catch (JsonException | IllegalStateException noJson) {
            throw new TransomException(file + ": the file must be well-formed JSON; "
                + String.valueOf(noJson.getMessage()).replaceAll("\\s+", " ").replaceAll("\\.$", "") + ".", noJson);
        } catch (IOException unreadable) {
            throw new TransomException(file + ": a JSON file in UTF-8 is required; " + (Files.exists(file) ? "it cannot be read."
                : "there is nothing at this path. Check the path."), unreadable);
        }
    }

    /** Plain values on one line. */
    static String json(Object value) {
        return value(value).toString();
    }

    private static Object plain(JsonValue value) {
        return switch (value.getValueType()) {
            case NULL -> null;
            case TRUE -> true;
            case FALSE -> false;
            case STRING -> ((JsonString) value).getString();
            case NUMBER -> {
                JsonNumber number = (JsonNumber) value;
                yield number.isIntegral() && Integers.fitsLong(number.toString()) ? (Object) number.longValue() : (Object) number.doubleValue();
            }
            case ARRAY -> {
                List<Object> list = new ArrayList<>();
                value.asJsonArray().forEach(element -> list.add(plain(element)));
                yield list;
            }
            case OBJECT -> {
                Map<String, Object> map = new LinkedHashMap<>();
                value.asJsonObject().forEach((key, element) -> map.put(key, plain(element)));
                yield map;
            }
        };
    }

    private static JsonValue value(Object plain) {
        return switch (plain) {
            case null -> JsonValue.NULL;
            case Boolean b -> b ? JsonValue.TRUE : JsonValue.FALSE;
            case Long n -> Json.createValue(n);
            case Double d -> Json.createValue(d);
            case List<?> list -> {
                var array = Json.createArrayBuilder();
                list.forEach(element -> array.add(value(element)));
                yield array.build();
            }
            case Map<?, ?> map -> {
                var object = Json.createObjectBuilder();
                map.forEach((key, element) -> object.add(String.valueOf(key), value(element)));
                yield object.build();
            }
            default -> Json.createValue(plain.toString());
        };
    }
}
