package dev.transom.api.config;

import dev.transom.api.TransomException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Collections;

/**
 * A JSON object as plain values: {@code Boolean}, {@code Long}, {@code Double}, {@code String}, {@code List}, {@code Map}; JSON's null is
 * left out, so a key that is null reads as absent. Getters refuse a value of another type in one sentence.
 *
 * @param where  the file, for error sentences, for example {@code models/llama/config.json}
 * @param values the object's members
 */
public record Config(String where, Map<String, Object> values) {

    public Config {
        Map<String, Object> kept = new LinkedHashMap<>();
        values.forEach((key, value) -> {
            if (value != null) {
                kept.put(key, value);
            }
        });
        values = Collections.unmodifiableMap(kept);
    }

    public boolean has(String key) {
        return values.containsKey(key);
    }

    public Optional<String> text(String key) {
        return value(key, String.class, "a text");
    }

    public String text(String key, String otherwise) {
        return text(key).orElse(otherwise);
    }

    public Optional<Long> integer(String key) {
        Object value = values.get(key);
        if (value instanceof Double d && d == Math.rint(d) && Math.abs(d) < 0x1p53) {
            return Optional.of(d.longValue());
        }
        return value(key, Long.class, "an integer");
    }

    public int int32(String key, int otherwise) {
        return integer(key).map(value -> inRange(key, value)).orElse(otherwise);
    }

    /** A required positive integer. */
    public int size(String key) {
        int size = integer(key).map(value -> inRange(key, value)).orElseThrow(() -> missing(key));
        if (size <= 0) {
            throw wrong(key, "a positive integer", size);
        }
        return size;
    }

    public double real(String key, double otherwise) {
        Object value = values.get(key);
        return switch (value) {
            case null -> otherwise;
            case Number number -> number.doubleValue();
            default -> throw wrong(key, "a number", value);
        };
    }

    public boolean flag(String key, boolean otherwise) {
        return value(key, Boolean.class, "true or false").orElse(otherwise);
    }

    public List<?> list(String key) {
        return value(key, List.class, "a list").orElse(List.of());
    }

    /** A list of texts; absent is empty. */
    public List<String> texts(String key) {
        List<String> texts = new ArrayList<>();
        for (Object element : list(key)) {
            if (!(element instanceof String text)) {
                throw wrong(key, "a list of texts", element);
            }
            texts.add(text);
        }
        return List.copyOf(texts);
    }

    /** One integer or a list of them, as {@code eos_token_id} comes; absent is empty. */
    public List<Integer> ids(String key) {
        Object value = values.get(key);
        if (value == null) {
            return List.of();
        }
        List<Integer> ids = new ArrayList<>();
        for (Object element : value instanceof List<?> list ? list : List.of(value)) {
            if (!(element instanceof Long id)) {
                throw wrong(key, "an id or a list of ids", value);
            }
            ids.add(inRange(key, id));
        }
        return List.copyOf(ids);
    }

    /** A nested object. */
    @SuppressWarnings("unchecked")
    public Optional<Config> object(String key) {
        return value(key, Map.class, "an object").map(map -> new Config(where + " " + key, map));
    }

    public TransomException missing(String key) {
        return new TransomException(where + ": " + key + " is required; it is absent. Add it to the file.");
    }

    public TransomException wrong(String key, String rule, Object got) {
        return new TransomException(where + ": " + key + " must be " + rule + "; got " + got + ".");
    }

    private int inRange(String key, long value) {
        if (value != (int) value) {
            throw wrong(key, "a 32-bit integer", value);
        }
        return (int) value;
    }

    private <T> Optional<T> value(String key, Class<T> type, String rule) {
        Object value = values.get(key);
        if (value != null && !type.isInstance(value)) {
            throw wrong(key, rule, value);
        }
        return Optional.ofNullable(type.cast(value));
    }
}
