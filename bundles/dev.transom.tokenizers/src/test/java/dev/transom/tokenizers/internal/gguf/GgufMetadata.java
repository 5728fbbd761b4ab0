package dev.transom.tokenizers.internal.gguf;

import dev.transom.api.config.Config;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The metadata of a good GGUF file, for tests. */
final class GgufMetadata {

    private final ByteBuffer buffer;

    private GgufMetadata(ByteBuffer buffer) {
        this.buffer = buffer.order(ByteOrder.LITTLE_ENDIAN);
    }

    static Config read(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file)) {
            MappedByteBuffer bytes = channel.map(FileChannel.MapMode.READ_ONLY, 0, Math.min(channel.size(), 1 << 28));
            return new GgufMetadata(bytes).config(file.toString());
        }
    }

    private Config config(String where) {
        buffer.position(16);
        long count = buffer.getLong();
        Map<String, Object> values = new LinkedHashMap<>();
        for (long i = 0; i < count; i++) {
            String key = text();
            values.put(key, value(buffer.getInt()));
        }
        return new Config(where, values);
    }

    private String text() {
        byte[] bytes = new byte[(int) buffer.getLong()];
        buffer.get(bytes);
        return new String(bytes, StandardCharsets.UTF_8);
    }

    private Object value(int type) {
        return switch (type) {
            case 0 -> (long) (buffer.get() & 0xff);
            case 1 -> (long) buffer.get();
            case 2 -> (long) (buffer.getShort() & 0xffff);
            case 3 -> (long) buffer.getShort();
            case 4 -> Integer.toUnsignedLong(buffer.getInt());
            case 5 -> (long) buffer.getInt();
            case 6 -> (double) buffer.getFloat();
            case 7 -> buffer.get() != 0;
            case 8 -> text();
            case 9 -> list();
            case 10, 11 -> buffer.getLong();
            case 12 -> buffer.getDouble();
            default -> throw new AssertionError("type " + type);
        };
    }

    private List<Object> list() {
        int type = buffer.getInt();
        long count = buffer.getLong();
        List<Object> list = new ArrayList<>((int) count);
        for (long i = 0; i < count; i++) {
            list.add(value(type));
        }
        return list;
    }
}
