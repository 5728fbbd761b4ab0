package dev.transom.app.run.internal;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonValue;

/** Lines of an output. They hold nothing that differs from run to run. */
final class Answers {

    private Answers() {
    }

    static JsonObjectBuilder begin(long line, JsonValue id) {
        JsonObjectBuilder answer = Json.createObjectBuilder().add("line", line);
        return id == null ? answer : answer.add("id", id);
    }

    static JsonObject failed(long line, JsonValue id, String sentence) {
        return begin(line, id).add("error", sentence).build();
    }

    static JsonObject failed(Item item, String sentence) {
        return failed(item.line(), item.id(), sentence);
    }
}
