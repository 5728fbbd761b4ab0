package dev.transom.format.gguf.internal;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/** Small GGUF files for tests: F32 tensors of one element each, and any metadata. */
record Written(ByteArrayOutputStream bytes) {

    static byte[] file(Map<String, Object> metadata, List<String> tensors) {
        Written file = new Written(new ByteArrayOutputStream());
        file.put(ByteBuffer.wrap("GGUF".getBytes(StandardCharsets.US_ASCII)).array());
        file.i32(3);
        file.i64(tensors.size());
        file.i64(metadata.size());
        metadata.forEach((key, value) -> {
            file.text(key);
            file.value(value);
        });
        for (int i = 0; i < tensors.size(); i++) {
            file.text(tensors.get(i));
            file.i32(1);
            file.i64(1);
            file.i32(0);
            file.i64(32L * i);
        }
        file.put(new byte[(32 - file.bytes.size() % 32) % 32]);
        file.put(new byte[32 * tensors.size()]);
        return file.bytes.toByteArray();
    }

    private void value(Object value) {
        switch (value) {
            case String text -> {
                i32(8);
                text(text);
            }
            case Integer number -> {
                i32(4);
                i32(number);
            }
            case Float number -> {
                i32(6);
                i32(Float.floatToIntBits(number));
            }
            case Boolean flag -> {
                i32(7);
                bytes.write(flag ? 1 : 0);
            }
            case List<?> list -> {
                i32(9);
                i32(list.getFirst() instanceof String ? 8 : list.getFirst() instanceof Float ? 6 : 4);
                i64(list.size());
                for (Object element : list) {
                    if (element instanceof String text) {
                        text(text);
                    } else {
                        i32(element instanceof Float real ? Float.floatToIntBits(real) : (Integer) element);
                    }
                }
            }
            default -> throw new IllegalArgumentException(value.toString());
        }
    }

    private void text(String text) {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        i64(utf8.length);
        put(utf8);
    }

    private void i32(int value) {
        put(ByteBuffer.allocate(4).order(ByteOrder.LITTLE_ENDIAN).putInt(value).array());
    }

    private void i64(long value) {
        put(ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN).putLong(value).array());
    }

    private void put(byte[] more) {
        bytes.writeBytes(more);
    }
}
