package dev.transom.app.run.internal;

import dev.transom.api.TransomException;
import dev.transom.api.chat.ChatTemplate;
import dev.transom.api.chat.ChatTemplates;
import dev.transom.api.chat.Conversation;
import dev.transom.api.model.OpenModel;
import jakarta.json.JsonArray;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Turns conversations into texts by a model's own template.
 *
 * @param template empty where the model has none, or nothing reads templates
 * @param stopIds  ids that end an answer in a chat
 */
record Chats(Optional<ChatTemplate> template, Set<Integer> stopIds) {

    static Chats of(OpenModel model, Optional<ChatTemplates> templates) {
        Optional<ChatTemplate> template = templates.flatMap(service -> service.of(model));
        return new Chats(template, template.isPresent() ? templates.get().stopIds(model) : Set.of());
    }

    String render(Item.Chat item) {
        ChatTemplate chosen = template.orElseThrow(() -> new TransomException("messages need a chat template; the model has none. Give a "
            + "prompt instead."));
        List<Map<String, Object>> messages = objects("messages", item.messages());
        return chosen.render(new Conversation(messages, objects("tools", item.tools()), true, Map.of()));
    }

    @SuppressWarnings("unchecked")
    private static List<Map<String, Object>> objects(String name, JsonArray array) {
        List<Map<String, Object>> objects = new ArrayList<>();
        for (JsonValue value : array) {
            if (!(value instanceof JsonObject)) {
                throw new TransomException(name + " must be objects; got " + value + ".");
            }
            objects.add((Map<String, Object>) plain(value));
        }
        return objects;
    }

    private static Object plain(JsonValue value) {
        return switch (value) {
            case JsonString text -> text.getString();
            case JsonNumber number when number.isIntegral() -> number.longValue();
            case JsonNumber number -> number.doubleValue();
            case JsonArray array -> {
                List<Object> list = new ArrayList<>();
                array.forEach(element -> list.add(plain(element)));
                yield list;
            }
            case JsonObject object -> {
                Map<String, Object> map = new LinkedHashMap<>();
                object.forEach((key, member) -> map.put(key, plain(member)));
                yield map;
            }
            default -> value == JsonValue.TRUE ? Boolean.TRUE : value == JsonValue.FALSE ? Boolean.FALSE : null;
        };
    }
}
