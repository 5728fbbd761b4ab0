package dev.transom.tokenizers.internal.format;

import dev.transom.api.TransomException;
import dev.transom.api.config.Integers;
import jakarta.json.Json;
import jakarta.json.JsonException;
import jakarta.json.stream.JsonParser;
import jakarta.json.stream.JsonParser.Event;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.function.Function;

/** Reads JSON event by event with bounded nesting; a vocabulary never becomes a tree. */
public final class JsonFile implements AutoCloseable {

    private static final int DEEPEST = 64;
    /** Parsson stops after 15 million characters, which large vocabularies exceed; memory follows the file's size. */
    private static final Map<String, Integer> LIMITS =
            Map.of("org.eclipse.parsson.maxParsingLimit", Integer.MAX_VALUE);

    private final String name;
    private final JsonParser parser;

    private JsonFile(String name, InputStream in) {
        this.name = name;
        // Malformed UTF-8 is refused rather than replaced: a token would silently become another.
        parser = Json.createParserFactory(LIMITS).createParser(new InputStreamReader(in, StandardCharsets.UTF_8.newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT).onUnmappableCharacter(CodingErrorAction.REPORT)));
    }

    /**
     * Reads a whole file.
     *
     * @param name how error sentences call it
     * @param reader takes the file before its first event
     */
    public static <T> T read(String name, InputStream in, Function<JsonFile, T> reader) {
        try (JsonFile file = new JsonFile(name, in)) {
            T result = reader.apply(file);
            if (file.parser.hasNext()) {
                file.parser.next();
            }
            return result;
        } catch (JsonException | IllegalStateException | NoSuchElementException | UnsupportedOperationException e) {
            throw new TransomException(name + ": the file must be well-formed JSON in UTF-8; "
                    + String.valueOf(e.getMessage()).lines().findFirst().orElse("it ends too early") + ". Download it again.", e);
        }
    }

    String name() {
        return name;
    }

    /** The next event. */
    Event next() {
        if (!parser.hasNext()) {
            throw new NoSuchElementException("it ends too early");
        }
        return parser.next();
    }

    /** The string, key or number of the last event as it is written. */
    String text() {
        return parser.getString();
    }

    /** The value that starts with this event, as a tree. */
    Object value(Event event, int depth) {
        if (depth > DEEPEST) {
            throw new TransomException(name + ": values must not be nested deeper than " + DEEPEST + "; they are.");
        }
        return switch (event) {
            case START_OBJECT -> object(depth);
            case START_ARRAY -> array(depth);
            case VALUE_STRING -> text();
            case VALUE_NUMBER -> number();
            case VALUE_TRUE -> Boolean.TRUE;
            case VALUE_FALSE -> Boolean.FALSE;
            case VALUE_NULL -> JsonNode.NULL;
            default -> throw new IllegalStateException("a value is missing");
        };
    }

    private Map<String, Object> object(int depth) {
        Map<String, Object> members = new LinkedHashMap<>();
        for (Event event = next(); event != Event.END_OBJECT; event = next()) {
            String key = text();
            members.put(key, value(next(), depth + 1));
        }
        return members;
    }

    private List<Object> array(int depth) {
        List<Object> elements = new ArrayList<>();
        for (Event event = next(); event != Event.END_ARRAY; event = next()) {
            elements.add(value(event, depth + 1));
        }
        return elements;
    }

    /** A Long if it is an integer that fits, else a Double; an exponent never becomes a huge integer. */
    Object number() {
        String digits = text();
        return Integers.fitsLong(digits) ? (Object) Long.valueOf(digits) : (Object) DecimalNumber.parse(digits);
    }

    /** The whole file as a tree. */
    public JsonNode tree() {
        return node("", value(next(), 0));
    }

    /** A node for a value read by this file. */
    JsonNode node(String path, Object value) {
        return new JsonNode(name, path, value);
    }

    @Override
    public void close() {
        parser.close();
    }
}
