package dev.transom.app.run.internal;

import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonException;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Path;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * Lines of text, each a prompt as it stands; or of JSON: a text, or an object with the text in the field (or {@code messages}, and
 * {@code tools}) and, if it likes, {@code id}, {@code max_tokens} and {@code seed}. Further members are the line's own business.
 */
final class LineItems implements Items {

    private final RawLines lines;
    private final boolean json;
    private final String field;
    private long line;

    /** @param field member that holds the text; empty for {@code prompt}, else {@code text} */
    LineItems(Path file, boolean json, String field) throws IOException {
        lines = new RawLines(file);
        this.json = json;
        this.field = field;
    }

    @Override
    public Item next() throws IOException {
        String text = lines.next();
        if (text == null) {
            return null;
        }
        line++;
        if (lines.fault() != null) {
            return new Item.Bad(line, null, lines.fault());
        }
        return json ? parsed(text) : new Item.Text(line, null, text, OptionalInt.empty(), OptionalLong.empty());
    }

    private Item parsed(String text) {
        JsonValue value;
        try (JsonReader reader = Json.createReader(new StringReader(text))) {
            value = reader.readValue();
        } catch (JsonException malformed) {
            return bad(null, "a line must be JSON; " + String.valueOf(malformed.getMessage()).lines().findFirst().orElse("it is not")
                + ".");
        }
        return switch (value) {
            case JsonString string -> new Item.Text(line, null, string.getString(), OptionalInt.empty(), OptionalLong.empty());
            case JsonObject object -> item(object);
            default -> bad(null, "a line must be a text or an object; got " + value.getValueType() + ".");
        };
    }

    private Item item(JsonObject object) {
        JsonValue id = object.get("id");
        String name = !field.isEmpty() ? field : object.containsKey("prompt") ? "prompt" : "text";
        boolean chat = field.isEmpty() && object.get("messages") instanceof JsonArray;
        if (!chat && !(object.get(name) instanceof JsonString)) {
            return bad(id, "a line must have a text '" + name + "'; got " + object.get(name) + ". Name another with field in the job.");
        }
        JsonValue tokens = object.get("max_tokens");
        JsonValue seed = object.get("seed");
        boolean count = tokens == null || tokens instanceof JsonNumber n && n.isIntegral() && n.longValue() > 0 && n.longValue() < 1 << 30;
        boolean whole = seed == null || seed instanceof JsonNumber n && n.isIntegral();
        if (!count || !whole) {
            return bad(id, "max_tokens must be a whole number of at least 1 and seed a whole number; got " + tokens + " and " + seed + ".");
        }
        OptionalInt most = tokens == null ? OptionalInt.empty() : OptionalInt.of(((JsonNumber) tokens).intValue());
        OptionalLong own = seed == null ? OptionalLong.empty() : OptionalLong.of(((JsonNumber) seed).longValue());
        return chat ? new Item.Chat(line, id, object.getJsonArray("messages"),
            object.get("tools") instanceof JsonArray tools ? tools : JsonValue.EMPTY_JSON_ARRAY, most, own)
            : new Item.Text(line, id, object.getString(name), most, own);
    }

    private Item bad(JsonValue id, String sentence) {
        return new Item.Bad(line, id, sentence);
    }

    @Override
    public void close() throws IOException {
        lines.close();
    }
}
