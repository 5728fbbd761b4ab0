package dev.transom.format.huggingface.internal;

import dev.transom.api.TransomException;
import dev.transom.api.tensor.StoredTensor;
import dev.transom.api.tensor.TensorSource;
import jakarta.json.JsonException;
import jakarta.json.stream.JsonParser;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.SequencedSet;

/**
 * One safetensors file: eight bytes of header length, a JSON header, the data. Every length is checked against the file's size before
 * anything of that size is touched; data must cover the file without holes or overlaps, as the reference reader demands.
 * Format: huggingface/safetensors, README, section "Format".
 */
final class Safetensors implements TensorSource {

    private static final long LENGTH_BYTES = 8;
    private static final long MAX_HEADER = 100_000_000;
    private static final ValueLayout.OfLong LENGTH =
        ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

    private final String where;
    private final Map<String, StoredTensor> tensors;

    private Safetensors(String where, Map<String, StoredTensor> tensors) {
        this.where = where;
        this.tensors = Collections.unmodifiableMap(tensors);
    }

    /**
     * Reads the header.
     *
     * @param where the file, for error sentences
     * @param file  the whole file, valid as long as the tensors are used
     */
    static Safetensors read(String where, MemorySegment file) {
        if (file.byteSize() < LENGTH_BYTES) {
            throw refused(where, "the file must begin with 8 bytes of header length", "it has " + file.byteSize() + " bytes");
        }
        long header = file.get(LENGTH, 0);
        if (header > MAX_HEADER && header <= file.byteSize() - LENGTH_BYTES) {
            throw refused(where, "the header must not exceed " + MAX_HEADER + " bytes", "it says " + header);
        }
        if (header < 0 || header > file.byteSize() - LENGTH_BYTES) {
            throw refused(where, "the header must end within the file",
                "it says " + Long.toUnsignedString(header) + " bytes, the file has " + file.byteSize());
        }
        MemorySegment data = file.asSlice(LENGTH_BYTES + header);
        Map<String, StoredTensor> tensors;
        try (JsonParser parser = JsonText.parser(file.asSlice(LENGTH_BYTES, header))) {
            tensors = new SafetensorsHeader(where, parser, data).read();
        } catch (JsonException | IllegalStateException | NoSuchElementException malformed) {
            throw JsonText.malformed(where + ": header", malformed);
        }
        requireCover(where, tensors, data);
        return new Safetensors(where, tensors);
    }

    @Override
    public SequencedSet<String> names() {
        return new LinkedHashSet<>(tensors.keySet());
    }

    @Override
    public Optional<StoredTensor> find(String name) {
        return Optional.ofNullable(tensors.get(name));
    }

    /** The mapping belongs to the model's resources. */
    @Override
    public void close() {
    }

    String where() {
        return where;
    }

    static TransomException refused(String where, String rule, String came) {
        return new TransomException(where + ": " + rule + "; " + came + ". Download the file again.");
    }

    private static void requireCover(String where, Map<String, StoredTensor> tensors, MemorySegment data) {
        StoredTensor[] inOrder = tensors.values().toArray(StoredTensor[]::new);
        Arrays.sort(inOrder, Comparator.comparingLong((StoredTensor tensor) -> tensor.data().address())
            .thenComparingLong(tensor -> tensor.data().byteSize()));
        long end = 0;
        for (StoredTensor tensor : inOrder) {
            long begin = tensor.data().address() - data.address();
            if (begin != end) {
                throw refused(where, "tensors must follow each other without holes or overlaps", "tensor "
                    + JsonText.shown(tensor.name()) + " begins at byte " + begin + " of the data where " + end + " is next");
            }
            end = begin + tensor.data().byteSize();
        }
        if (end != data.byteSize()) {
            throw refused(where, "tensors must cover all data", "they end at byte " + end + ", the data has " + data.byteSize());
        }
    }
}
