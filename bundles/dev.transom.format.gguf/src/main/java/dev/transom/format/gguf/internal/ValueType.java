package dev.transom.format.gguf.internal;

import java.util.Optional;

/** Types of metadata, in the order of their numbers in a file. */
enum ValueType {
    UINT8(1), INT8(1), UINT16(2), INT16(2), UINT32(4), INT32(4), FLOAT32(4), BOOL(1), STRING(0), ARRAY(0), UINT64(8), INT64(8), FLOAT64(8);

    private static final ValueType[] BY_NUMBER = values();

    private final int bytes;

    ValueType(int bytes) {
        this.bytes = bytes;
    }

    static Optional<ValueType> of(int number) {
        return number >= 0 && number < BY_NUMBER.length ? Optional.of(BY_NUMBER[number]) : Optional.empty();
    }

    /** Bytes of a value, 0 where they differ. */
    int bytes() {
        return bytes;
    }

    /** The least bytes that a value takes. */
    int least() {
        return switch (this) {
            case STRING -> 8;
            case ARRAY -> 12;
            default -> bytes;
        };
    }

    /** A value of fixed length: integers as {@code Long}, reals as {@code Double}. */
    Object read(Window file, long at) {
        return switch (this) {
            case UINT8 -> (long) (file.i8(at) & 0xff);
            case INT8 -> (long) file.i8(at);
            case UINT16 -> (long) (file.i16(at) & 0xffff);
            case INT16 -> (long) file.i16(at);
            case UINT32 -> file.i32(at) & 0xffffffffL;
            case INT32 -> (long) file.i32(at);
            case FLOAT32 -> (double) Float.intBitsToFloat(file.i32(at));
            case BOOL -> file.i8(at) != 0;
            case UINT64 -> unsigned(file.i64(at));
            case INT64 -> file.i64(at);
            case FLOAT64 -> Double.longBitsToDouble(file.i64(at));
            case STRING, ARRAY -> throw new IllegalArgumentException(this + " has no fixed length.");
        };
    }

    private static Object unsigned(long value) {
        if (value >= 0) {
            return value;
        }
        return (value >>> 1) * 2.0 + (value & 1);
    }
}
