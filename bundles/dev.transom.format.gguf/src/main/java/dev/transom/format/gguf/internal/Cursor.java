package dev.transom.format.gguf.internal;

import dev.transom.api.TransomException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** Reads a file from front to back; whatever a length says, nothing behind the end is touched. */
final class Cursor {

    private static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final ValueLayout.OfLong LONG = ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final int LONGEST_SHOWN = 200;

    private final String where;
    private final MemorySegment file;
    private long at;
    private String kind = "";
    private String name = "";

    Cursor(String where, MemorySegment file) {
        this.where = where;
        this.file = file;
    }

    String where() {
        return where;
    }

    /** What is read from here on, for error sentences; put together only when one is needed. */
    void about(String newKind, String newName) {
        kind = newKind;
        name = newName;
    }

    long position() {
        return at;
    }

    long left() {
        return file.byteSize() - at;
    }

    /** Moves on by {@code bytes}; gives where they began. */
    long skip(long bytes, String what) {
        if (bytes < 0 || bytes > left()) {
            throw refused(what + " must end within the file", "it takes " + Long.toUnsignedString(bytes) + " bytes, "
                + left() + " are left");
        }
        long begin = at;
        at += bytes;
        return begin;
    }

    int u8(String what) {
        return file.get(ValueLayout.JAVA_BYTE, skip(1, what)) & 0xff;
    }

    int i32(String what) {
        return file.get(INT, skip(4, what));
    }

    long i64(String what) {
        return file.get(LONG, skip(8, what));
    }

    /** A count of things that take {@code least} bytes each, so that no more than fit are believed. */
    long count(long least, String what) {
        long count = i64(what);
        if (count < 0 || count > left() / least) {
            throw refused(what + " must fit into the file", "it says " + Long.toUnsignedString(count) + ", " + left()
                + " bytes are left");
        }
        return count;
    }

    /** A name: a length and that many bytes of UTF-8. */
    String name(String what) {
        long length = count(1, what);
        if (length > 1 << 16) {
            throw refused(what + " must not exceed 65536 bytes", "it has " + length);
        }
        byte[] bytes = new byte[(int) length];
        MemorySegment.copy(file, ValueLayout.JAVA_BYTE, skip(length, what), bytes, 0, bytes.length);
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
        } catch (CharacterCodingException malformed) {
            throw refused(what + " must be UTF-8", "a byte sequence is not");
        }
    }

    /** A text; malformed UTF-8 in it becomes U+FFFD. */
    String text(String what) {
        long length = count(1, what);
        if (length > Integer.MAX_VALUE - 8) {
            throw refused(what + " must be shorter than two gigabytes", "it has " + length + " bytes");
        }
        return text(file, skip(length, what), (int) length);
    }

    static String text(MemorySegment file, long at, int length) {
        byte[] bytes = new byte[length];
        MemorySegment.copy(file, ValueLayout.JAVA_BYTE, at, bytes, 0, length);
        return new String(bytes, StandardCharsets.UTF_8);
    }

    MemorySegment file() {
        return file;
    }

    TransomException refused(String rule, String came) {
        return refused(where + (kind.isEmpty() ? "" : ": " + kind + shown(name)), rule, came);
    }

    static TransomException refused(String where, String rule, String came) {
        return new TransomException(where + ": " + rule + "; " + came + ". Download the file again.");
    }

    /** A string of a file as a sentence shows it: on one line, not too long. */
    static String shown(String text) {
        String start = text.length() > LONGEST_SHOWN ? text.substring(0, LONGEST_SHOWN) + "…" : text;
        return start.codePoints().anyMatch(c -> Character.isISOControl(c) || c == 0x2028 || c == 0x2029)
            ? start.replaceAll("[\\p{Cntrl}\\x{80}-\\x{9f}\\x{2028}\\x{2029}]", "�") : start;
    }
}
