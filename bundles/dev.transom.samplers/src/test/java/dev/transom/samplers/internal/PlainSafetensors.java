package dev.transom.samplers.internal;

import dev.transom.api.format.TensorFormat;
import dev.transom.api.tensor.Format;
import dev.transom.api.tensor.StoredTensor;
import dev.transom.api.tensor.TensorSource;
import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import java.io.StringReader;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.SequencedSet;

/** Reads well-formed safetensors files of F32 and I32, as the format's bundle does in the platform. */
final class PlainSafetensors implements TensorFormat {

    @Override
    public String suffix() {
        return ".safetensors";
    }

    @Override
    public TensorSource read(String where, MemorySegment file) {
        long start = 8 + file.get(ValueLayout.JAVA_LONG_UNALIGNED, 0);
        String text = new String(file.asSlice(8, start - 8).toArray(ValueLayout.JAVA_BYTE), StandardCharsets.UTF_8);
        JsonObject header = Json.createReader(new StringReader(text)).readObject();
        return new TensorSource() {
            @Override
            public SequencedSet<String> names() {
                return new LinkedHashSet<>(header.keySet());
            }

            @Override
            public Optional<StoredTensor> find(String name) {
                return Optional.ofNullable(header.getJsonObject(name)).map(entry -> {
                    JsonArray offsets = entry.getJsonArray("data_offsets");
                    List<Long> shape = entry.getJsonArray("shape").getValuesAs(JsonNumber::longValue);
                    return new StoredTensor(name, entry.getString("dtype").equals("F32") ? Format.F32 : Format.I32, shape,
                        file.asSlice(start + offsets.getInt(0), offsets.getInt(1) - offsets.getInt(0)));
                });
            }

            @Override
            public void close() {
                // The mapping belongs to the caller.
            }
        };
    }
}
