package dev.transom.app.quantize.internal;

import dev.transom.api.TransomException;
import dev.transom.api.tensor.Format;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/** The bytes of a GGUF file, version 3, before its data. */
final class GgufHeader {

    static final int ALIGNMENT = 32;

    private static final List<String> TYPES = List.of("F32", "F16", "Q4_0", "Q4_1", "", "", "Q5_0", "Q5_1", "Q8_0", "", "Q2_K", "Q3_K",
        "Q4_K", "Q5_K", "Q6_K", "", "IQ2_XXS", "IQ2_XS", "IQ3_XXS", "IQ1_S", "IQ4_NL", "IQ3_S", "IQ2_S", "IQ4_XS", "I8", "I16", "I32",
        "I64", "F64", "IQ1_M", "BF16", "", "", "", "TQ1_0", "TQ2_0", "", "", "", "MXFP4", "NVFP4");
    private static final int UINT32 = 4;
    private static final int INT32 = 5;
    private static final int FLOAT32 = 6;
    private static final int BOOL = 7;
    private static final int STRING = 8;
    private static final int ARRAY = 9;
    private static final int INT64 = 11;

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    /**
     * Writes metadata and the list of tensors.
     *
     * @param formats those of the tensors
     */
    static byte[] of(Map<String, Object> metadata, List<Source.Tensor> tensors, List<Format> formats) {
        GgufHeader header = new GgufHeader();
        header.bytes.writeBytes("GGUF".getBytes(StandardCharsets.US_ASCII));
        header.i32(3);
        header.i64(tensors.size());
        header.i64(metadata.size());
        metadata.forEach((key, value) -> {
            header.text(key);
            header.value(key, value);
        });
        long offset = 0;
        for (int i = 0; i < tensors.size(); i++) {
            Source.Tensor tensor = tensors.get(i);
            header.text(tensor.name());
            header.i32(tensor.shape().size());
            tensor.shape().reversed().forEach(header::i64);
            header.i32(TYPES.indexOf(formats.get(i).name()));
            header.i64(offset);
            offset += padded(bytes(tensor, formats.get(i)));
        }
        header.bytes.writeBytes(new byte[(int) (padded(header.bytes.size()) - header.bytes.size())]);
        return header.bytes.toByteArray();
    }

    static long bytes(Source.Tensor tensor, Format format) {
        return format.bytes(tensor.shape().stream().reduce(1L, Math::multiplyExact));
    }

    static long padded(long bytes) {
        return Math.ceilDiv(bytes, (long) ALIGNMENT) * ALIGNMENT;
    }

    /** Integers as the narrowest type that llama.cpp asks for: unsigned 32 bits alone, signed in lists. */
    private void value(String key, Object value) {
        switch (value) {
            case String text -> {
                i32(STRING);
                text(text);
            }
            case Boolean flag -> {
                i32(BOOL);
                bytes.write(flag ? 1 : 0);
            }
            case Double real -> {
                i32(FLOAT32);
                i32(Float.floatToIntBits(real.floatValue()));
            }
            case Long number when number >= 0 && number <= 0xffffffffL -> {
                i32(UINT32);
                i32(number.intValue());
            }
            case Long number -> {
                i32(INT64);
                i64(number);
            }
            case List<?> list -> {
                i32(ARRAY);
                list(key, list);
            }
            default -> throw unwritable(key, value);
        }
    }

    private void list(String key, List<?> list) {
        Object first = list.isEmpty() ? "" : list.getFirst();
        i32(switch (first) {
            case String _ -> STRING;
            case Boolean _ -> BOOL;
            case Double _ -> FLOAT32;
            case Long _ -> INT32;
            default -> throw unwritable(key, first);
        });
        i64(list.size());
        for (Object element : list) {
            switch (element) {
                case String text -> text(text);
                case Boolean flag -> bytes.write(flag ? 1 : 0);
                case Double real -> i32(Float.floatToIntBits(real.floatValue()));
                case Long number when number == number.intValue() -> i32(number.intValue());
                default -> throw unwritable(key, element);
            }
        }
    }

    private static TransomException unwritable(String key, Object value) {
        return new TransomException("metadata " + key + ": a value must be a text, number, truth or a list of them, numbers of 32 bits in"
            + " lists; got " + value + ". This file cannot be written again.");
    }

    private void text(String text) {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        i64(utf8.length);
        bytes.writeBytes(utf8);
    }

    private void i32(int value) {
        for (int shift = 0; shift < Integer.SIZE; shift += Byte.SIZE) {
            bytes.write(value >>> shift);
        }
    }

    private void i64(long value) {
        i32((int) value);
        i32((int) (value >>> Integer.SIZE));
    }
}
