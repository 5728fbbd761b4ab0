package dev.transom.format.huggingface.internal;

import dev.transom.api.TransomException;
import dev.transom.api.config.Integers;
import jakarta.json.Json;
import jakarta.json.JsonException;
import jakarta.json.stream.JsonParser;
import jakarta.json.stream.JsonParserFactory;
import java.io.InputStreamReader;
import java.lang.foreign.MemorySegment;
import java.math.BigDecimal;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;

/** Reads JSON text of files that nobody vouches for: strict UTF-8, bounded nesting, plain values. */
final class JsonText {

    private static final int DEPTH = 64;
    private static final int LONGEST_SHOWN = 200;
    /** Parsson stops after 15 million characters, which the index of a large model exceeds; memory follows the file's size. */
    private static final JsonParserFactory PARSERS =
        Json.createParserFactory(Map.of("org.eclipse.parsson.maxParsingLimit", Integer.MAX_VALUE));

    private JsonText() {
    }

    /** Opens a parser over bytes, which it reads piece by piece. */
    static JsonParser parser(MemorySegment bytes) {
        return PARSERS.createParser(new InputStreamReader(new SegmentInput(bytes), StandardCharsets.UTF_8.newDecoder()
            .onMalformedInput(CodingErrorAction.REPORT).onUnmappableCharacter(CodingErrorAction.REPORT)));
    }

    /** Reads one object. */
    static Map<String, Object> object(String where, MemorySegment bytes) {
        try (JsonParser parser = parser(bytes)) {
            if (!parser.hasNext() || parser.next() != JsonParser.Event.START_OBJECT) {
                throw new TransomException(where + ": the file must hold a JSON object; it holds something else.");
            }
            Map<String, Object> object = object(where, parser, 1);
            if (parser.hasNext()) {
                throw new TransomException(where + ": nothing may follow the JSON object; something does.");
            }
            return object;
        } catch (JsonException | IllegalStateException | NoSuchElementException malformed) {
            throw malformed(where, malformed);
        }
    }

    /** Reads one object, or a list as an object whose only member is {@code elements}. */
    static Map<String, Object> document(String where, MemorySegment bytes) {
        try (JsonParser parser = parser(bytes)) {
            if (!parser.hasNext() || parser.next() != JsonParser.Event.START_ARRAY) {
                return object(where, bytes);
            }
            List<Object> elements = array(where, parser, 1);
            if (parser.hasNext()) {
                throw new TransomException(where + ": nothing may follow the JSON list; something does.");
            }
            return Map.of("elements", elements);
        } catch (JsonException | IllegalStateException | NoSuchElementException malformed) {
            throw malformed(where, malformed);
        }
    }

    static TransomException malformed(String where, RuntimeException cause) {
        for (Throwable inner = cause.getCause(); inner != null; inner = inner.getCause()) {
            if (inner instanceof CharacterCodingException) {
                return new TransomException(where + ": JSON must be UTF-8; a byte sequence is not. Download the file again.", cause);
            }
        }
        String detail = shown(String.valueOf(cause.getMessage()).replaceAll("\\s+", " ").strip());
        return new TransomException(where + ": it must be well-formed JSON; " + (detail.endsWith(".") ? detail : detail + ".")
            + " Download the file again.", cause);
    }

    /** A string of a file as a sentence shows it: on one line, not too long. */
    static String shown(String text) {
        String start = text.length() > LONGEST_SHOWN ? text.substring(0, LONGEST_SHOWN) + "…" : text;
        return start.codePoints().anyMatch(c -> Character.isISOControl(c) || c == 0x2028 || c == 0x2029)
            ? start.replaceAll("[\\p{Cntrl}\\x{80}-\\x{9f}\\x{2028}\\x{2029}]", "�") : start;
    }

    private static Map<String, Object> object(String where, JsonParser parser, int depth) {
        Map<String, Object> members = new LinkedHashMap<>();
        while (true) {
            JsonParser.Event event = parser.next();
            if (event == JsonParser.Event.END_OBJECT) {
                return members;
            }
            String name = parser.getString();
            members.put(name, value(where, parser, parser.next(), depth));
        }
    }

    private static List<Object> array(String where, JsonParser parser, int depth) {
        List<Object> elements = new ArrayList<>();
        while (true) {
            JsonParser.Event event = parser.next();
            if (event == JsonParser.Event.END_ARRAY) {
                return elements;
            }
            elements.add(value(where, parser, event, depth));
        }
    }

    private static Object value(String where, JsonParser parser, JsonParser.Event event, int depth) {
        if (depth >= DEPTH) {
            throw new TransomException(where + ": JSON may nest " + DEPTH + " levels deep; it nests deeper.");
        }
        return switch (event) {
            case START_OBJECT -> object(where, parser, depth + 1);
            case START_ARRAY -> array(where, parser, depth + 1);
            case VALUE_STRING -> parser.getString();
            case VALUE_TRUE -> true;
            case VALUE_FALSE -> false;
            case VALUE_NULL -> null;
            case VALUE_NUMBER -> number(parser);
            default -> throw new TransomException(where + ": JSON must have a value here; got " + event + ".");
        };
    }

    private static Object number(JsonParser parser) {
        String digits = parser.getString();
        if (Integers.fitsLong(digits)) {
            return Long.valueOf(digits);
        }
        if (parser.isIntegralNumber()) {
            BigDecimal exact = parser.getBigDecimal();
            if (exact.precision() - exact.scale() <= 19) {
                try {
                    return exact.longValueExact();
                } catch (ArithmeticException tooLarge) {
                    return exact.doubleValue();
                }
            }
        }
        return Double.parseDouble(digits);
    }
}
