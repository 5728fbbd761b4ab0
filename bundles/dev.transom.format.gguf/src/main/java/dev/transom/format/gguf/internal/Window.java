package dev.transom.format.gguf.internal;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;

/**
 * Reads a file from front to back through an array: in a young process an access of mapped memory costs a hundred times one
 * of an array, and a vocabulary has hundreds of thousands of tokens. Not for several threads.
 */
final class Window {

    private static final int SIZE = 1 << 16;

    private final MemorySegment file;
    private final byte[] bytes;
    private long from;
    private int there;

    /** @param wanted bytes that will be read in all, at least as many as the longest number has */
    Window(MemorySegment file, long wanted) {
        this.file = file;
        this.bytes = new byte[(int) Math.min(SIZE, wanted)];
    }

    /** Where {@code count} bytes of the file, all within it, stand in the array; at most as many as the array has. */
    private int offset(long at, int count) {
        if (at < from || at + count > from + there) {
            there = (int) Math.min(bytes.length, file.byteSize() - at);
            MemorySegment.copy(file, ValueLayout.JAVA_BYTE, at, bytes, 0, there);
            from = at;
        }
        return (int) (at - from);
    }

    int i8(long at) {
        return bytes[offset(at, 1)];
    }

    int i16(long at) {
        int i = offset(at, 2);
        return bytes[i] & 0xff | bytes[i + 1] << 8;
    }

    int i32(long at) {
        return i32(offset(at, 4));
    }

    private int i32(int i) {
        return bytes[i] & 0xff | (bytes[i + 1] & 0xff) << 8 | (bytes[i + 2] & 0xff) << 16 | bytes[i + 3] << 24;
    }

    long i64(long at) {
        int i = offset(at, 8);
        return i32(i) & 0xffffffffL | (long) i32(i + 4) << 32;
    }

    String text(long at, int length) {
        return length > bytes.length ? Cursor.text(file, at, length)
            : new String(bytes, offset(at, length), length, StandardCharsets.UTF_8);
    }
}
