package dev.transom.format.huggingface.internal;

import dev.transom.api.TransomException;
import dev.transom.api.tensor.Format;
import dev.transom.api.tensor.StoredTensor;
import jakarta.json.stream.JsonParser;
import jakarta.json.stream.JsonParser.Event;
import java.lang.foreign.MemorySegment;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The streaming reader of a header: builds nothing but the tensors themselves, so that memory stays a small multiple of
 * the header however many tensors it lists.
 */
final class SafetensorsHeader {

    private static final Map<String, Format> FORMATS = formats();
    /** More axes than any tensor has. */
    private static final int MOST_AXES = 64;

    private final String where;
    private final JsonParser parser;
    private final MemorySegment data;
    private final Map<String, StoredTensor> tensors = new LinkedHashMap<>();
    private final long[] offsets = new long[2];
    private final long[] sizes = new long[MOST_AXES];

    /**
     * @param parser at the header's start
     * @param data   what follows the header
     */
    SafetensorsHeader(String where, JsonParser parser, MemorySegment data) {
        this.where = where;
        this.parser = parser;
        this.data = data;
    }

    private static Map<String, Format> formats() {
        Map<String, Format> formats = new LinkedHashMap<>();
        for (Format format : List.of(Format.F64, Format.F32, Format.F16, Format.BF16, Format.I64, Format.I32, Format.I16,
                Format.I8, Format.U8, Format.BOOL, new Format("U16", 1, 2), new Format("U32", 1, 4), new Format("U64", 1, 8),
                new Format("F8_E4M3", 1, 1), new Format("F8_E5M2", 1, 1), new Format("F8_E8M0", 1, 1))) {
            formats.put(format.name(), format);
        }
        return Collections.unmodifiableMap(formats);
    }

    Map<String, StoredTensor> read() {
        if (!parser.hasNext() || parser.next() != Event.START_OBJECT) {
            throw refused("the header must be an object", "it is not");
        }
        while (parser.next() != Event.END_OBJECT) {
            String name = parser.getString();
            if (parser.next() != Event.START_OBJECT) {
                throw refused(quoted(name) + " must be described by an object", "it is not");
            }
            if (name.equals("__metadata__")) {
                metadata();
            } else {
                tensor(name);
            }
        }
        if (parser.hasNext()) {
            throw refused("nothing may follow the header's object", "something does");
        }
        return tensors;
    }

    private void metadata() {
        while (parser.next() != Event.END_OBJECT) {
            String key = parser.getString();
            if (parser.next() != Event.VALUE_STRING) {
                throw refused("metadata " + JsonText.shown(key) + " must be a text", "it is not");
            }
        }
    }

    private void tensor(String name) {
        Format format = null;
        int axes = -1;
        int bounds = -1;
        while (parser.next() != Event.END_OBJECT) {
            String key = parser.getString();
            switch (key) {
                case "dtype" -> format = format(name);
                case "shape" -> axes = integers(name, key, sizes);
                case "data_offsets" -> bounds = integers(name, key, offsets);
                default -> throw refused(quoted(name) + " has dtype, shape and data_offsets only", "it has " + JsonText.shown(key));
            }
        }
        if (format == null || axes < 0 || bounds != 2) {
            throw refused(quoted(name) + " must have dtype, shape and two data_offsets", "it has not");
        }
        add(name, format, shape(axes), offsets[0], offsets[1]);
    }

    private Format format(String name) {
        if (parser.next() != Event.VALUE_STRING) {
            throw refused(quoted(name) + " must have a text as dtype", "it has not");
        }
        String type = parser.getString();
        Format format = FORMATS.get(type);
        if (format == null) {
            throw refused(quoted(name) + " must have one of the types " + FORMATS.keySet(), "it has " + JsonText.shown(type));
        }
        return format;
    }

    private List<Long> shape(int axes) {
        Long[] shape = new Long[axes];
        for (int i = 0; i < axes; i++) {
            shape[i] = sizes[i];
        }
        return List.of(shape);
    }

    private void add(String name, Format format, List<Long> shape, long begin, long end) {
        if (begin > end || end > data.byteSize()) {
            throw refused(quoted(name) + " must lie within the data", "it lies from byte " + begin + " to " + end + " of "
                + data.byteSize());
        }
        long needed = bytes(name, format, shape);
        if (needed != end - begin) {
            throw refused(quoted(name) + " of shape " + shape + " in " + format + " takes " + needed + " bytes",
                "its offsets give " + (end - begin));
        }
        if (tensors.putIfAbsent(name, new StoredTensor(name, format, shape, data.asSlice(begin, end - begin))) != null) {
            throw refused("names must differ", quoted(name) + " comes twice");
        }
    }

    private long bytes(String name, Format format, List<Long> shape) {
        try {
            long elements = 1;
            for (long size : shape) {
                elements = Math.multiplyExact(elements, size);
            }
            return format.bytes(elements);
        } catch (ArithmeticException overflow) {
            throw refused(quoted(name) + " must be smaller than 2^63 bytes", "its shape is " + shape);
        }
    }

    /** Reads a list of integers and says how many there are. */
    private int integers(String name, String key, long[] values) {
        if (parser.next() != Event.START_ARRAY) {
            throw refused(quoted(name) + " must have a list as " + key, "it has not");
        }
        int count = 0;
        for (Event event = parser.next(); event != Event.END_ARRAY; event = parser.next()) {
            if (event != Event.VALUE_NUMBER) {
                throw refused(quoted(name) + " must have integers as " + key, "it has not");
            }
            if (count == values.length) {
                throw refused(quoted(name) + " must have at most " + count + " " + key, "it has more");
            }
            values[count++] = integer(name, key, parser.getString());
        }
        return count;
    }

    private long integer(String name, String key, String digits) {
        try {
            long value = Long.parseLong(digits);
            if (value < 0) {
                throw refused(quoted(name) + " must not have negative " + key, "it has " + value);
            }
            return value;
        } catch (NumberFormatException notInteger) {
            String start = digits.length() > 24 ? digits.substring(0, 24) + "…" : digits;
            throw refused(quoted(name) + " must have integers below 2^63 as " + key, "it has " + start);
        }
    }

    private static String quoted(String name) {
        return "tensor " + JsonText.shown(name);
    }

    private TransomException refused(String rule, String came) {
        return Safetensors.refused(where, rule, came);
    }
}
