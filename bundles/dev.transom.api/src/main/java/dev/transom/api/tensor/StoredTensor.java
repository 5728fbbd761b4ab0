package dev.transom.api.tensor;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.util.List;

/**
 * A tensor as it lies in a file: little-endian, row-major, mapped rather than copied.
 *
 * @param name   its name in the file
 * @param format how elements are stored
 * @param shape  sizes, slowest first; empty for a scalar
 * @param data   exactly its bytes, native memory, valid as long as its source is open
 */
public record StoredTensor(String name, Format format, List<Long> shape, MemorySegment data) {

    private static final ValueLayout.OfShort SHORT =
        ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final ValueLayout.OfFloat FLOAT = ValueLayout.JAVA_FLOAT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final ValueLayout.OfLong LONG = ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final ValueLayout.OfDouble DOUBLE =
        ValueLayout.JAVA_DOUBLE_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

    public StoredTensor {
        shape = List.copyOf(shape);
    }

    public long elements() {
        return shape.stream().reduce(1L, Math::multiplyExact);
    }

    /** Element {@code index} of a plain (unblocked) format as a real number. */
    public double real(long index) {
        return switch (format.name()) {
            case "F32" -> data.get(FLOAT, index * 4);
            case "F16" -> Float.float16ToFloat(data.get(SHORT, index * 2));
            case "BF16" -> Float.intBitsToFloat(data.get(SHORT, index * 2) << 16);
            case "F64" -> data.get(DOUBLE, index * 8);
            case "I64" -> data.get(LONG, index * 8);
            case "I32" -> data.get(INT, index * 4);
            case "I16" -> data.get(SHORT, index * 2);
            case "I8" -> data.get(ValueLayout.JAVA_BYTE, index);
            case "U8", "BOOL" -> data.get(ValueLayout.JAVA_BYTE, index) & 0xff;
            default -> throw new IllegalStateException("tensor " + name + ": " + format + " is not stored element by element.");
        };
    }
}
