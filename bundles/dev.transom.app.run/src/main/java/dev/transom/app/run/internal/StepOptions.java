package dev.transom.app.run.internal;

import dev.transom.api.TransomException;
import dev.transom.api.backend.PlanOptions.Numerics;
import dev.transom.api.engine.EngineOptions;
import dev.transom.api.engine.GenerationRequest.ContextFull;
import dev.transom.api.sampler.SamplingOptions;
import dev.transom.api.sampler.SamplingOptions.Phrase;
import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A step's options.
 *
 * @param where    for error sentences
 * @param values   as in the file
 * @param sampling those that sampling steps read
 */
record StepOptions(String where, JsonObject values, SamplingOptions sampling) {

    private static final Set<String> ENGINE = Set.of("backend", "numerics", "threads", "context", "rows", "cache_bytes");
    private static final Set<String> ANSWER = Set.of("max_tokens", "seed", "stop", "context_full", "samplers");
    /** What changes no answer, or none under exact numerics. */
    private static final Set<String> FREE = Set.of("threads", "rows", "cache_bytes");
    private static final int MOST_ROWS = 64;
    private static final int CHUNK = 512;

    static StepOptions of(String where, JsonObject values, Set<String> samplerOptions) {
        Set<String> known = new HashSet<>(samplerOptions);
        known.addAll(ENGINE);
        known.addAll(ANSWER);
        new KnownKeys(known).check(where, values);
        SamplingOptions sampling = SamplingOptions.NONE;
        for (var entry : values.entrySet()) {
            String key = entry.getKey();
            if (!ENGINE.contains(key) && !ANSWER.contains(key)) {
                sampling = switch (entry.getValue()) {
                    case JsonNumber number -> sampling.with(key, number.doubleValue());
                    case JsonObject map -> sampling.with(key, biases(where, key, map));
                    case JsonArray list -> sampling.with(key, phrases(where, key, list));
                    case JsonValue other -> throw wrong(where, key, "a number, a list or an object", other);
                };
            }
        }
        StepOptions options = new StepOptions(where, values, sampling);
        return new StepOptions(where, values, sampling.inOrder(options.texts("samplers")));
    }

    private static List<Phrase> biases(String where, String key, JsonObject map) {
        List<Phrase> biases = new ArrayList<>();
        for (var entry : map.entrySet()) {
            if (!(entry.getValue() instanceof JsonNumber bias)) {
                throw wrong(where, key, "ids or texts with a number each", entry.getValue());
            }
            boolean id = entry.getKey().matches("\\d{1,9}");
            biases.add(new Phrase(id ? "" : entry.getKey(), id ? List.of(Integer.valueOf(entry.getKey())) : List.of(), bias.doubleValue()));
        }
        return biases;
    }

    private static List<Phrase> phrases(String where, String key, JsonArray list) {
        List<Phrase> phrases = new ArrayList<>();
        for (JsonValue value : list) {
            phrases.add(switch (value) {
                case JsonString text -> Phrase.of(text.getString());
                case JsonNumber id -> Phrase.of(id.intValue());
                case JsonArray ids when ids.stream().allMatch(JsonNumber.class::isInstance) ->
                    new Phrase("", ids.getValuesAs(JsonNumber::intValue), 0);
                default -> throw wrong(where, key, "texts, ids or lists of ids", value);
            });
        }
        return phrases;
    }

    /** What decides the answers, for the job's fingerprint. */
    JsonObject deciding() {
        JsonObjectBuilder deciding = Json.createObjectBuilder();
        values.forEach((key, value) -> {
            if (!FREE.contains(key)) {
                deciding.add(key, value);
            }
        });
        return deciding.build();
    }

    /** @param cacheBytes bytes of the cache unless the file says how many */
    EngineOptions engine(int rows, long cacheBytes) {
        return new EngineOptions(text("backend"), numerics(), (int) number("threads", 0, 0, 4096), (int) number("context", 0, 0,
            Integer.MAX_VALUE), rows, CHUNK, number("cache_bytes", cacheBytes, 0, Long.MAX_VALUE), true);
    }

    /** Rows of a step at most. */
    int rows() {
        return (int) number("rows", MOST_ROWS, 1, 4096);
    }

    boolean choosesCache() {
        return values.containsKey("cache_bytes");
    }

    Numerics numerics() {
        return switch (text("numerics").orElse("exact")) {
            case "exact" -> Numerics.EXACT;
            case "fast" -> Numerics.FAST;
            default -> throw wrong(where, "numerics", "exact or fast", values.get("numerics"));
        };
    }

    ContextFull contextFull() {
        return switch (text("context_full").orElse("refuse")) {
            case "refuse" -> ContextFull.REFUSE;
            case "shift" -> ContextFull.SHIFT;
            default -> throw wrong(where, "context_full", "refuse or shift", values.get("context_full"));
        };
    }

    /** 0 for the model's own. */
    int maxTokens() {
        return (int) number("max_tokens", 0, 1, Integer.MAX_VALUE);
    }

    /** The first item's seed; it grows by one with each. */
    long seed() {
        return number("seed", 0, Long.MIN_VALUE, Long.MAX_VALUE);
    }

    List<String> stops() {
        return values.get("stop") instanceof JsonString one ? List.of(one.getString()) : texts("stop");
    }

    /** Reads everything once, so that a mistake is told before work begins. */
    StepOptions checked() {
        engine(rows(), 0);
        contextFull();
        maxTokens();
        seed();
        stops();
        return this;
    }

    private Optional<String> text(String key) {
        JsonValue value = values.get(key);
        if (value != null && !(value instanceof JsonString)) {
            throw wrong(where, key, "a text", value);
        }
        return Optional.ofNullable((JsonString) value).map(JsonString::getString);
    }

    private List<String> texts(String key) {
        JsonValue value = values.get(key);
        if (value == null) {
            return List.of();
        }
        if (!(value instanceof JsonArray list) || !list.stream().allMatch(JsonString.class::isInstance)) {
            throw wrong(where, key, "a list of texts", value);
        }
        return list.getValuesAs(JsonString::getString);
    }

    private long number(String key, long otherwise, long least, long most) {
        JsonValue value = values.get(key);
        if (value == null) {
            return otherwise;
        }
        if (!(value instanceof JsonNumber number) || !number.isIntegral() || number.bigDecimalValue().precision() > 19
            || number.longValue() < least || number.longValue() > most) {
            throw wrong(where, key, "a whole number of at least " + least, value);
        }
        return number.longValue();
    }

    private static TransomException wrong(String where, String key, String rule, JsonValue got) {
        return new TransomException(where + ": " + key + " must be " + rule + "; got " + got + ".");
    }
}
