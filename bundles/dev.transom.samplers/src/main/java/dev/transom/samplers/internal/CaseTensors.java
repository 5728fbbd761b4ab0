package dev.transom.samplers.internal;

import dev.transom.api.TransomException;
import jakarta.json.Json;
import jakarta.json.JsonException;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.io.StringReader;
import java.util.Optional;

/** The F32 and I32 tensors of a case's safetensors file, read whole. */
final class CaseTensors {

    private final Path file;
    private final ByteBuffer content;
    private final JsonObject header;
    private final int start;

    CaseTensors(Path file) {
        this.file = file;
        try {
            content = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
        } catch (IOException unreadable) {
            throw new TransomException(file + ": it must be readable; " + unreadable + ".", unreadable);
        }
        long size = content.capacity() < 8 ? -1 : content.getLong(0);
        require(size >= 0 && size <= content.capacity() - 8L, "its header must end within the file", size + " bytes");
        start = 8 + (int) size;
        String text = new String(content.array(), 8, (int) size, StandardCharsets.UTF_8);
        try (var reader = Json.createReader(new StringReader(text))) {
            header = reader.readObject();
        } catch (JsonException malformed) {
            throw new TransomException(file + ": its header must be a JSON object; " + malformed.getMessage() + ".", malformed);
        }
    }

    Optional<float[]> reals(String name) {
        return bytes(name, "F32").map(bytes -> {
            float[] values = new float[bytes.remaining() / 4];
            bytes.asFloatBuffer().get(values);
            return values;
        });
    }

    Optional<int[]> ints(String name) {
        return bytes(name, "I32").map(bytes -> {
            int[] values = new int[bytes.remaining() / 4];
            bytes.asIntBuffer().get(values);
            return values;
        });
    }

    private Optional<ByteBuffer> bytes(String name, String type) {
        JsonObject entry = header.getJsonObject(name);
        if (entry == null) {
            return Optional.empty();
        }
        require(type.equals(entry.getString("dtype")), "tensor " + name + " must be " + type, entry.getString("dtype"));
        int from = entry.getJsonArray("data_offsets").getInt(0);
        int to = entry.getJsonArray("data_offsets").getInt(1);
        require(from >= 0 && from <= to && to <= content.capacity() - start, "tensor " + name + " must lie within the file",
            "bytes " + from + " to " + to);
        return Optional.of(content.slice(start + from, to - from).order(ByteOrder.LITTLE_ENDIAN));
    }

    private void require(boolean holds, String rule, String got) {
        if (!holds) {
            throw new TransomException(file + ": " + rule + "; got " + got + ".");
        }
    }
}
