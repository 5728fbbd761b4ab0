package dev.transom.chat.internal;

import dev.transom.api.chat.ToolCall;
import dev.transom.api.config.Integers;
import jakarta.json.Json;
import jakarta.json.JsonException;
import jakarta.json.JsonNumber;
import jakarta.json.JsonReader;
import jakarta.json.JsonString;
import jakarta.json.JsonStructure;
import jakarta.json.JsonValue;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Finds tool calls in an answer. */
final class ToolCallReader {

    private static final Pattern TAGGED = Pattern.compile("<tool_call>(.*?)(?:</tool_call>|$)", Pattern.DOTALL);
    private static final String LIST = "[TOOL_CALLS]";
    private static final String PYTHON = "<|python_tag|>";
    private static final Pattern FENCED = Pattern.compile("^```(?:json)?\\s*(.*?)\\s*```$", Pattern.DOTALL);
    private static final int LONGEST = 1_000_000;

    private ToolCallReader() {
    }

    static List<ToolCall> read(String answer) {
        if (answer.length() > LONGEST) {
            return List.of();
        }
        List<ToolCall> calls = new ArrayList<>();
        if (answer.contains("<tool_call>")) {
            Matcher tagged = TAGGED.matcher(answer);
            while (tagged.find()) {
                calls.addAll(calls(tagged.group(1)));
            }
            return calls;
        }
        int list = answer.indexOf(LIST);
        if (list >= 0) {
            return calls(answer.substring(list + LIST.length()));
        }
        String text = answer.strip();
        Matcher fenced = FENCED.matcher(text);
        text = fenced.matches() ? fenced.group(1) : text;
        return calls(text.startsWith(PYTHON) ? text.substring(PYTHON.length()) : text);
    }

    /** The calls of one JSON value: an object or a list of them. */
    private static List<ToolCall> calls(String json) {
        String text = json.strip();
        if (!text.startsWith("{") && !text.startsWith("[")) {
            return List.of();
        }
        try (JsonReader reader = Json.createReader(new StringReader(text))) {
            JsonStructure value = reader.read();
            List<ToolCall> calls = new ArrayList<>();
            for (JsonValue one : value.getValueType() == JsonValue.ValueType.ARRAY ? value.asJsonArray() : List.of(value)) {
                call(one).ifPresent(calls::add);
            }
            return calls;
        } catch (JsonException | IllegalStateException noJson) {
            return List.of();
        }
    }

    private static Optional<ToolCall> call(JsonValue value) {
        if (!(plain(value) instanceof Map<?, ?> call)) {
            return Optional.empty();
        }
        Map<?, ?> function = call.get("function") instanceof Map<?, ?> inner ? inner : call;
        Object arguments = function.containsKey("arguments") ? function.get("arguments") : function.get("parameters");
        if (!(function.get("name") instanceof String name) || !(arguments instanceof Map<?, ?> given)) {
            return Optional.empty();
        }
        Map<String, Object> named = new LinkedHashMap<>();
        given.forEach((key, argument) -> named.put((String) key, argument));
        return Optional.of(new ToolCall(name, named));
    }

    /** A JSON value as plain ones. */
    static Object plain(JsonValue value) {
        return switch (value.getValueType()) {
            case NULL -> null;
            case TRUE -> true;
            case FALSE -> false;
            case STRING -> ((JsonString) value).getString();
            case NUMBER -> number((JsonNumber) value);
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

    private static Object number(JsonNumber number) {
        boolean integer = number.isIntegral() && Integers.fitsLong(number.toString());
        return integer ? (Object) number.longValue() : (Object) number.doubleValue();
    }
}
