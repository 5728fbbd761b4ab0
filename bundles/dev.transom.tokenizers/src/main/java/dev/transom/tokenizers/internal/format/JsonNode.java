package dev.transom.tokenizers.internal.format;

import dev.transom.api.TransomException;
import dev.transom.tokenizers.internal.text.Quoted;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A value of a JSON file together with its place, so that every refusal can name it.
 *
 * @param file how error sentences call the file
 * @param path the keys that lead here, joined by dots
 * @param value Map, List, String, Long, Double, Boolean or {@link #NULL}
 */
public record JsonNode(String file, String path, Object value) {

    /** The value {@code null} of JSON. */
    public static final Object NULL = new Object();

    TransomException refuse(String rule) {
        String what = path.isEmpty() ? "the file" : Quoted.plain(path);
        return new TransomException(file + ": " + what + " must be " + rule + "; got " + shown(value) + ".");
    }

    private static String shown(Object value) {
        if (value == NULL) {
            return "null";
        }
        if (value instanceof Map<?, ?> map) {
            return "an object of " + map.size() + " keys";
        }
        if (value instanceof List<?> list) {
            return "a list of " + list.size();
        }
        return value instanceof String string ? Quoted.of(string) : String.valueOf(value);
    }

    /** A place for error sentences. */
    String where() {
        return file + ": " + Quoted.plain(path);
    }

    boolean isNull() {
        return value == NULL;
    }

    boolean isString() {
        return value instanceof String;
    }

    boolean isList() {
        return value instanceof List<?>;
    }

    /** The value of a key, {@link #NULL} if it is absent. */
    public JsonNode get(String key) {
        if (!(value instanceof Map<?, ?> map)) {
            throw refuse("an object");
        }
        Object member = map.get(key);
        return new JsonNode(file, path.isEmpty() ? key : path + "." + key, member == null ? NULL : member);
    }

    /** The value of a key unless it is absent or null. */
    public Optional<JsonNode> find(String key) {
        JsonNode node = get(key);
        return node.isNull() ? Optional.empty() : Optional.of(node);
    }

    /** The keys of an object. */
    List<String> keys() {
        if (!(value instanceof Map<?, ?> map)) {
            throw refuse("an object");
        }
        return map.keySet().stream().map(String::valueOf).toList();
    }

    /** The elements of a list. */
    public List<JsonNode> list() {
        if (!(value instanceof List<?> list)) {
            throw refuse("a list");
        }
        List<JsonNode> nodes = new ArrayList<>(list.size());
        for (Object element : list) {
            nodes.add(new JsonNode(file, path + "[" + nodes.size() + "]", element));
        }
        return nodes;
    }

    /** The value as a string. */
    public String string() {
        if (value instanceof String string) {
            return string;
        }
        throw refuse("a string");
    }

    boolean bool() {
        if (value instanceof Boolean bool) {
            return bool;
        }
        throw refuse("true or false");
    }

    /** An integer from 0 to 2³¹ − 1. */
    public int count() {
        if (value instanceof Long number && number >= 0 && number <= Integer.MAX_VALUE) {
            return number.intValue();
        }
        throw refuse("an integer from 0 to 2147483647");
    }

    /** An integer of 32 bits. */
    public int integer() {
        if (value instanceof Long number && number == number.intValue()) {
            return number.intValue();
        }
        throw refuse("an integer of 32 bits");
    }

    /** A string of exactly one code point. */
    int codePoint() {
        String string = string();
        if (string.isEmpty() || string.codePointCount(0, string.length()) != 1) {
            throw refuse("a single character");
        }
        return string.codePointAt(0);
    }

    /** The string of a key, or another if the key is absent or null. */
    public String string(String key, String ifAbsent) {
        return find(key).map(JsonNode::string).orElse(ifAbsent);
    }

    /** The truth value of a key, or another if the key is absent or null. */
    public boolean bool(String key, boolean ifAbsent) {
        return find(key).map(JsonNode::bool).orElse(ifAbsent);
    }

    /** The count of a key, or another if the key is absent or null. */
    public int count(String key, int ifAbsent) {
        return find(key).map(JsonNode::count).orElse(ifAbsent);
    }

    /** The {@code type} of a component. */
    String type() {
        return get("type").string();
    }
}
