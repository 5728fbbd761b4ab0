package dev.transom.chat.internal;

import dev.transom.api.TransomException;
import dev.transom.api.capability.ProvidesKit;
import dev.transom.api.chat.ChatTemplate;
import dev.transom.api.chat.Conversation;
import dev.transom.api.conformance.CaseKit;
import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonException;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import jakarta.json.JsonValue;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.osgi.service.component.annotations.Component;

/** Judges chat templates: the text of conversations, or that the template refuses them. An item's difference is 0 or 1. */
@Component(service = CaseKit.class)
@ProvidesKit(name = "chat_template")
public final class ChatTemplateCases implements CaseKit {

    @Override
    public List<String> kinds() {
        return List.of("chat_template");
    }

    @Override
    public void judge(Path file, Options options, Consumer<Verdict> report) {
        String name = file.toAbsolutePath().getParent().getFileName().toString();
        try (JsonReader reader = Json.createReader(Files.newBufferedReader(file))) {
            JsonObject expected = reader.readObject();
            Map<String, Object> variables = new LinkedHashMap<>();
            variables.put("bos_token", expected.getString("bos_token", ""));
            variables.put("eos_token", expected.getString("eos_token", ""));
            Clock clock = Clock.fixed(LocalDateTime.parse(expected.getString("now")).toInstant(ZoneOffset.UTC), ZoneOffset.UTC);
            ChatTemplate template = JinjaChatTemplate.of(name, Files.readString(file.resolveSibling("template.jinja")), variables, clock);
            List<Comparison> comparisons = new ArrayList<>();
            for (JsonObject one : expected.getJsonArray("cases").getValuesAs(JsonObject.class)) {
                String item = one.getString("name") + (one.getBoolean("add_generation_prompt") ? " +prompt" : "");
                comparisons.add(new Comparison(item, asExpected(template, one) ? 0 : 1, 0));
            }
            report.accept(new Judged(name, comparisons, List.of()));
        } catch (IOException | JsonException | ClassCastException | NullPointerException unreadable) {
            report.accept(new Broken(name, file + ": the case must be readable; " + unreadable.getMessage() + "."));
        } catch (TransomException broken) {
            report.accept(new Broken(name, broken.getMessage()));
        }
    }

    private static boolean asExpected(ChatTemplate template, JsonObject one) {
        boolean refused = one.containsKey("error");
        try {
            String text = template.render(new Conversation(maps(one.getJsonArray("messages")),
                one.get("tools") instanceof JsonArray tools ? maps(tools) : List.of(), one.getBoolean("add_generation_prompt"), Map.of()));
            return !refused && text.equals(one.getString("text"));
        } catch (TransomException refusal) {
            return refused;
        }
    }

    @SuppressWarnings("unchecked")
    private static List<Map<String, Object>> maps(JsonArray array) {
        List<Map<String, Object>> maps = new ArrayList<>();
        for (JsonValue value : array) {
            maps.add((Map<String, Object>) ToolCallReader.plain(value));
        }
        return maps;
    }
}
