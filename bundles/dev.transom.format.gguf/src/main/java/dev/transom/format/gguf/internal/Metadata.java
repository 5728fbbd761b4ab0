package dev.transom.format.gguf.internal;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads the keys and values before the list of tensors. */
final class Metadata {

    /** More keys than any model has, few enough that their memory stays small beside that of the file. */
    private static final int MOST = 1 << 14;
    private static final int DEPTH = 8;
    /** Key length, type, value. */
    private static final int LEAST = 13;

    private final Cursor cursor;

    private Metadata(Cursor cursor) {
        this.cursor = cursor;
    }

    /** Values by key, in the order of the file: Long, Double, Boolean, String or List. */
    static Map<String, Object> read(Cursor cursor, long count) {
        if (count < 0 || count > MOST || count > cursor.left() / LEAST) {
            throw cursor.refused("the number of metadata keys must fit into the file and not exceed " + MOST,
                "it says " + Long.toUnsignedString(count) + ", " + cursor.left() + " bytes are left");
        }
        Map<String, Object> values = new LinkedHashMap<>();
        Metadata metadata = new Metadata(cursor);
        for (long i = 0; i < count; i++) {
            cursor.about("metadata", "");
            String key = cursor.name("a key");
            cursor.about("metadata ", key);
            Object value = metadata.value(metadata.type(), 0);
            if (values.putIfAbsent(key, value) != null) {
                throw cursor.refused("keys must differ", "this one comes twice");
            }
        }
        cursor.about("", "");
        return values;
    }

    private ValueType type() {
        int number = cursor.i32("the type");
        return ValueType.of(number).orElseThrow(() -> cursor.refused("the type must be from 0 to "
            + (ValueType.values().length - 1), "it is " + Integer.toUnsignedString(number)));
    }

    private Object value(ValueType type, int depth) {
        return switch (type) {
            case STRING -> cursor.text("the text");
            case ARRAY -> array(depth + 1);
            default -> type.read(new Window(cursor.file(), type.bytes()), cursor.skip(type.bytes(), "the value"));
        };
    }

    private List<?> array(int depth) {
        if (depth > DEPTH) {
            throw cursor.refused("arrays may nest " + DEPTH + " levels deep", "they nest deeper");
        }
        ValueType type = type();
        long count = cursor.count(type.least(), "the number of elements");
        if (count > Integer.MAX_VALUE - 8) {
            throw cursor.refused("an array must have fewer than 2^31 elements", "it has " + count);
        }
        return switch (type) {
            case STRING -> MappedList.texts(cursor.file(), starts((int) count));
            case ARRAY -> {
                List<Object> arrays = new ArrayList<>((int) count);
                for (long i = 0; i < count; i++) {
                    arrays.add(array(depth + 1));
                }
                yield arrays;
            }
            default -> MappedList.numbers(cursor.file(), type, cursor.skip(count * type.bytes(), "the array"), (int) count);
        };
    }

    private long[] starts(int count) {
        long[] starts = new long[count];
        // Most texts of long lists are short; many short lists must not take more memory than their file.
        Window window = new Window(cursor.file(), Math.max(Long.BYTES, 2L * Long.BYTES * count));
        for (int i = 0; i < count; i++) {
            starts[i] = cursor.skip(Long.BYTES, "a text's length");
            long length = window.i64(starts[i]);
            if (length > Integer.MAX_VALUE - 8) {
                throw cursor.refused("a text must be shorter than two gigabytes", "it has " + length);
            }
            cursor.skip(length, "a text");
        }
        return starts;
    }
}
