package dev.transom.api.tensor;

/**
 * How elements are stored: in blocks of {@code blockElements} along the last axis, each of {@code blockBytes} bytes.
 *
 * @param name          as files name it: F32, BF16, Q8_0 …
 * @param blockElements elements of one block, 1 for plain types
 * @param blockBytes    bytes of one block
 */
public record Format(String name, int blockElements, int blockBytes) {

    public static final Format F64 = new Format("F64", 1, 8);
    public static final Format F32 = new Format("F32", 1, 4);
    public static final Format F16 = new Format("F16", 1, 2);
    public static final Format BF16 = new Format("BF16", 1, 2);
    public static final Format I64 = new Format("I64", 1, 8);
    public static final Format I32 = new Format("I32", 1, 4);
    public static final Format I16 = new Format("I16", 1, 2);
    public static final Format I8 = new Format("I8", 1, 1);
    public static final Format U8 = new Format("U8", 1, 1);
    public static final Format BOOL = new Format("BOOL", 1, 1);

    /** Bytes of {@code elements} elements; the last block may be partly used. */
    public long bytes(long elements) {
        return Math.multiplyExact(Math.ceilDiv(elements, (long) blockElements), blockBytes);
    }

    @Override
    public String toString() {
        return name;
    }
}
