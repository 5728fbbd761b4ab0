package dev.transom.format.huggingface.internal;

import dev.transom.api.TransomException;
import dev.transom.api.tensor.Format;
import dev.transom.api.tensor.StoredTensor;
import dev.transom.api.tensor.TensorSource;
import jakarta.json.JsonException;
import jakarta.json.stream.JsonParser;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedSet;

/**
 * One safetensors file: eight bytes of header length, a JSON header, the data. Every length is checked against the file's size before
 * anything of that size is touched; data must cover the file without holes or overlaps, as the reference reader demands.
 * Format: huggingface/safetensors, README, section "Format".
 */
final class Safetensors implements TensorSource {

    private static final long LENGTH_BYTES = 8;
    private static final long MAX_HEADER = 100_000_000;
    private static final ValueLayout.OfLong LENGTH =
        ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final Map<String, Format> FORMATS = formats();

    private final String where;
    private final Map<String, StoredTensor> tensors;

    private Safetensors(String where, Map<String, StoredTensor> tensors) {
        this.where = where;
        this.tensors = Collections.unmodifiableMap(tensors);
    }

    /**
     * Reads the header.
     *
     * @param where the file, for error sentences
     * @param file  the whole file, valid as long as the tensors are used
     */
    static Safetensors read(String where, MemorySegment file) {
        if (file.byteSize() < LENGTH_BYTES) {
            throw refused(where, "the file must begin with 8 bytes of header length", "it has " + file.byteSize() + " bytes");
        }
        long header = file.get(LENGTH, 0);
        if (header < 0 || header > MAX_HEADER || header > file.byteSize() - LENGTH_BYTES) {
            throw refused(where, "the header must end within the file",
                "it says " + Long.toUnsignedString(header) + " bytes, the file has " + file.byteSize());
        }
        MemorySegment data = file.asSlice(LENGTH_BYTES + header);
        Map<String, StoredTensor> tensors = new LinkedHashMap<>();
        List<Range> ranges = new ArrayList<>();
        try (JsonParser parser = JsonText.parser(where, file.asSlice(LENGTH_BYTES, header))) {
            new Header(where, parser, data, tensors, ranges).read();
        } catch (JsonException malformed) {
            throw JsonText.malformed(where + ": header", malformed);
        }
        requireCover(where, ranges, data.byteSize());
        return new Safetensors(where, tensors);
    }

    @Override
    public SequencedSet<String> names() {
        return new java.util.LinkedHashSet<>(tensors.keySet());
    }

    @Override
    public Optional<StoredTensor> find(String name) {
        return Optional.ofNullable(tensors.get(name));
    }

    /** The mapping belongs to the model's resources. */
    @Override
    public void close() {
    }

    String where() {
        return where;
    }

    static TransomException refused(String where, String rule, String came) {
        return new TransomException(where + ": " + rule + "; " + came + ". Download the file again.");
    }

    private static void requireCover(String where, List<Range> ranges, long size) {
        ranges.sort(Comparator.comparingLong(Range::begin).thenComparingLong(Range::end));
        long end = 0;
        for (Range range : ranges) {
            if (range.begin() != end) {
                throw refused(where, "tensors must follow each other without holes or overlaps", "tensor " + range.name()
                    + " begins at byte " + range.begin() + " of the data where " + end + " is next");
            }
            end = range.end();
        }
        if (end != size) {
            throw refused(where, "tensors must cover all data", "they end at byte " + end + ", the data has " + size);
        }
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

    /** Where a tensor lies in the data. */
    record Range(String name, long begin, long end) {
    }

    /** The streaming reader of a header: builds nothing but the tensors themselves. */
    private record Header(String where, JsonParser parser, MemorySegment data, Map<String, StoredTensor> tensors,
            List<Range> ranges) {

        void read() {
            expect(parser.hasNext() && parser.next() == JsonParser.Event.START_OBJECT, "the header must be an object",
                "it is not");
            while (parser.next() != JsonParser.Event.END_OBJECT) {
                String name = parser.getString();
                expect(parser.next() == JsonParser.Event.START_OBJECT, "tensor " + name + " must be described by an object",
                    "it is not");
                if (name.equals("__metadata__")) {
                    metadata();
                } else {
                    tensor(name);
                }
            }
            expect(!parser.hasNext(), "nothing may follow the header's object", "something does");
        }

        private void metadata() {
            while (parser.next() != JsonParser.Event.END_OBJECT) {
                String key = parser.getString();
                expect(parser.next() == JsonParser.Event.VALUE_STRING, "metadata " + key + " must be a text", "it is not");
            }
        }

        private void tensor(String name) {
            String type = null;
            List<Long> shape = null;
            List<Long> offsets = null;
            while (parser.next() != JsonParser.Event.END_OBJECT) {
                String key = parser.getString();
                switch (key) {
                    case "dtype" -> {
                        expect(parser.next() == JsonParser.Event.VALUE_STRING, name + ": dtype must be a text", "it is not");
                        type = parser.getString();
                    }
                    case "shape" -> shape = integers(name, key);
                    case "data_offsets" -> offsets = integers(name, key);
                    default -> throw refused(where, "tensor " + name + " has dtype, shape and data_offsets only",
                        "it has " + key);
                }
            }
            add(name, type, shape, offsets);
        }

        private void add(String name, String type, List<Long> shape, List<Long> offsets) {
            expect(type != null && shape != null && offsets != null && offsets.size() == 2,
                "tensor " + name + " must have dtype, shape and two data_offsets", "it has not");
            Format format = FORMATS.get(type);
            expect(format != null, "tensor " + name + " must have one of the types " + FORMATS.keySet(), "it has " + type);
            long begin = offsets.get(0);
            long end = offsets.get(1);
            expect(begin <= end && end <= data.byteSize(), "tensor " + name + " must lie within the data",
                "it lies from byte " + begin + " to " + end + " of " + data.byteSize());
            long needed = bytes(name, format, shape);
            expect(needed == end - begin, "tensor " + name + " of shape " + shape + " in " + format + " takes " + needed
                + " bytes", "its offsets give " + (end - begin));
            StoredTensor twice = tensors.putIfAbsent(name,
                new StoredTensor(name, format, shape, data.asSlice(begin, end - begin)));
            expect(twice == null, "names must differ", "tensor " + name + " comes twice");
            ranges.add(new Range(name, begin, end));
        }

        private long bytes(String name, Format format, List<Long> shape) {
            try {
                long elements = 1;
                for (long size : shape) {
                    elements = Math.multiplyExact(elements, size);
                }
                return format.bytes(elements);
            } catch (ArithmeticException overflow) {
                throw refused(where, "tensor " + name + " must be smaller than 2^63 bytes", "its shape is " + shape);
            }
        }

        private List<Long> integers(String name, String key) {
            expect(parser.next() == JsonParser.Event.START_ARRAY, name + ": " + key + " must be a list", "it is not");
            List<Long> list = new ArrayList<>(4);
            while (true) {
                JsonParser.Event event = parser.next();
                if (event == JsonParser.Event.END_ARRAY) {
                    return list;
                }
                expect(event == JsonParser.Event.VALUE_NUMBER, name + ": " + key + " must hold integers", "it does not");
                list.add(integer(name, key, parser.getString()));
            }
        }

        private long integer(String name, String key, String digits) {
            try {
                long value = Long.parseLong(digits);
                expect(value >= 0, name + ": " + key + " must not be negative", "got " + value);
                return value;
            } catch (NumberFormatException notInteger) {
                String shown = digits.length() > 24 ? digits.substring(0, 24) + "…" : digits;
                throw refused(where, name + ": " + key + " must hold integers below 2^63", "got " + shown);
            }
        }

        private void expect(boolean holds, String rule, String came) {
            if (!holds) {
                throw refused(where, rule, came);
            }
        }
    }
}
