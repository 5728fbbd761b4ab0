package dev.transom.tokenizers.internal.sentencepiece;

import dev.transom.api.TransomException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/**
 * Walks over the fields of a protobuf message; every length is checked against the message before anything is read.
 * Source: the wire format as protobuf.dev describes it.
 */
final class ProtoReader {

    private static final int VARINT = 0;
    private static final int FIXED64 = 1;
    private static final int BYTES = 2;
    private static final int FIXED32 = 5;

    private final String where;
    private final ByteBuffer bytes;
    private int field;
    private int type;

    ProtoReader(String where, byte[] bytes) {
        this(where, ByteBuffer.wrap(bytes));
    }

    private ProtoReader(String where, ByteBuffer bytes) {
        this.where = where;
        this.bytes = bytes.order(ByteOrder.LITTLE_ENDIAN);
    }

    /** Goes to the next field, whose value must then be read or skipped; false at the end. */
    boolean next() {
        if (!bytes.hasRemaining()) {
            return false;
        }
        long tag = varint();
        field = (int) (tag >>> 3);
        type = (int) (tag & 7);
        if (tag >>> 3 == 0 || tag >>> 32 != 0) {
            throw malformed("a field has the number " + (tag >>> 3));
        }
        return true;
    }

    int field() {
        return field;
    }

    TransomException malformed(String what) {
        return new TransomException(where + ": the file must be a SentencePiece model; " + what + ". Download it again, or add the "
                + "model's tokenizer.json.");
    }

    private void expect(int wanted) {
        if (type != wanted) {
            throw malformed("field " + field + " has the wire type " + type + " instead of " + wanted);
        }
    }

    private long varint() {
        long value = 0;
        for (int shift = 0; shift < 64; shift += 7) {
            if (!bytes.hasRemaining()) {
                throw malformed("it ends inside a number");
            }
            byte b = bytes.get();
            value |= (long) (b & 0x7f) << shift;
            if (b >= 0) {
                return value;
            }
        }
        throw malformed("a number has more than 64 bits");
    }

    private ByteBuffer slice() {
        expect(BYTES);
        long length = varint();
        if (length < 0 || length > bytes.remaining()) {
            throw malformed("field " + field + " says " + Long.toUnsignedString(length) + " bytes, " + bytes.remaining() + " are left");
        }
        ByteBuffer slice = bytes.slice(bytes.position(), (int) length);
        bytes.position(bytes.position() + (int) length);
        return slice;
    }

    ProtoReader message() {
        return new ProtoReader(where, slice());
    }

    byte[] bytes() {
        ByteBuffer slice = slice();
        byte[] copy = new byte[slice.remaining()];
        slice.get(copy);
        return copy;
    }

    String text() {
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(slice()).toString();
        } catch (CharacterCodingException e) {
            throw malformed("a text is not UTF-8");
        }
    }

    int integer() {
        expect(VARINT);
        return (int) varint();
    }

    boolean flag() {
        return integer() != 0;
    }

    float real() {
        expect(FIXED32);
        skipTo(4);
        return bytes.getFloat(bytes.position() - 4);
    }

    /** Passes over the value of a field that does not matter here. */
    void skip() {
        switch (type) {
            case VARINT -> varint();
            case FIXED64 -> skipTo(8);
            case BYTES -> slice();
            case FIXED32 -> skipTo(4);
            default -> throw malformed("field " + field + " has the wire type " + type);
        }
    }

    private void skipTo(int count) {
        if (bytes.remaining() < count) {
            throw malformed("it ends inside field " + field);
        }
        bytes.position(bytes.position() + count);
    }
}
