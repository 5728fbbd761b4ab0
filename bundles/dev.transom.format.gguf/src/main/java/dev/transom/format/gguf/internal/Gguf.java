package dev.transom.format.gguf.internal;

import dev.transom.api.TransomException;
import dev.transom.api.tensor.Format;
import dev.transom.api.tensor.StoredTensor;
import dev.transom.api.tensor.TensorSource;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedSet;

/**
 * One GGUF file of version 2 or 3: metadata, a list of tensors, the data. Every length is checked against the file's size before
 * anything of that size is touched. Format: ggml, {@code docs/gguf.md}; dimensions come fastest first and are turned round.
 */
final class Gguf implements TensorSource {

    private static final int MAGIC = 0x46554747;
    private static final int MOST_TENSORS = 1 << 16;
    private static final int MOST_DIMS = 4;
    /** Length of a name, number of dimensions, type, offset. */
    private static final int LEAST_TENSOR = 24;
    private static final int ALIGNMENT = 32;
    private static final int MOST_ALIGNMENT = 1 << 20;

    private final String where;
    private final Map<String, Object> metadata;
    private final Map<String, StoredTensor> tensors;

    private Gguf(String where, Map<String, Object> metadata, Map<String, StoredTensor> tensors) {
        this.where = where;
        this.metadata = Collections.unmodifiableMap(metadata);
        this.tensors = Collections.unmodifiableMap(tensors);
    }

    /**
     * Reads metadata and the list of tensors.
     *
     * @param where the file, for error sentences
     * @param file  the whole file, valid as long as the tensors and the metadata's lists are used
     */
    static Gguf read(String where, MemorySegment file) {
        Cursor cursor = new Cursor(where, file);
        if (cursor.left() < 8 || cursor.i32("the magic number") != MAGIC) {
            throw cursor.refused("the file must begin with the letters GGUF", file.byteSize() < 8 ? "it has " + file.byteSize()
                + " bytes" : "it does not");
        }
        version(cursor, cursor.i32("the version"));
        long tensorCount = cursor.i64("the number of tensors");
        Map<String, Object> metadata = Metadata.read(cursor, cursor.i64("the number of metadata keys"));
        List<Info> infos = infos(cursor, tensorCount);
        int alignment = alignment(cursor, metadata);
        long start = Math.ceilDiv(cursor.position(), (long) alignment) * alignment;
        MemorySegment data = file.asSlice(Math.min(start, file.byteSize()));
        Map<String, StoredTensor> tensors = new LinkedHashMap<>();
        for (Info info : infos) {
            if (tensors.putIfAbsent(info.name(), info.tensor(where, data, alignment)) != null) {
                throw cursor.refused("names of tensors must differ", Cursor.shown(info.name()) + " comes twice");
            }
        }
        return new Gguf(where, metadata, tensors);
    }

    private static void version(Cursor cursor, int version) {
        if (version == 2 || version == 3) {
            return;
        }
        if (version != 0 && (version & 0xffff) == 0) {
            throw new TransomException(cursor.where() + ": the file must be little-endian; its version " + Integer.reverseBytes(version)
                + " is written big-endian. Convert it, or download the little-endian file.");
        }
        throw new TransomException(cursor.where() + ": the GGUF version must be 2 or 3; it is " + Integer.toUnsignedString(version)
            + ". Convert the model again with a current converter.");
    }

    private static List<Info> infos(Cursor cursor, long count) {
        if (count < 0 || count > MOST_TENSORS || count > cursor.left() / LEAST_TENSOR) {
            throw cursor.refused("the number of tensors must fit into the file and not exceed " + MOST_TENSORS,
                "it says " + Long.toUnsignedString(count) + ", " + cursor.left() + " bytes are left");
        }
        List<Info> infos = new ArrayList<>((int) count);
        for (long i = 0; i < count; i++) {
            cursor.about("the list of tensors", "");
            infos.add(info(cursor, cursor.name("a name")));
        }
        cursor.about("", "");
        return infos;
    }

    private static Info info(Cursor cursor, String name) {
        cursor.about("tensor ", name);
        int rank = cursor.i32("the number of dimensions");
        if (rank < 0 || rank > MOST_DIMS) {
            throw cursor.refused("it must have at most " + MOST_DIMS + " dimensions", "it has " + Integer.toUnsignedString(rank));
        }
        List<Long> fastestFirst = new ArrayList<>(rank);
        long elements = 1;
        for (int i = 0; i < rank; i++) {
            long size = cursor.i64("the dimensions");
            if (size < 0 || size != 0 && elements > Long.MAX_VALUE / 8 / size) {
                throw cursor.refused("dimensions must not be negative and their product must fit into 60 bits",
                    "one is " + size);
            }
            elements *= size;
            fastestFirst.add(size);
        }
        int number = cursor.i32("the type");
        Format format = TensorTypes.format(number).orElseThrow(() -> new TransomException(cursor.where() + ": tensor "
            + Cursor.shown(name) + " must be stored in a type that is known; type number " + Integer.toUnsignedString(number)
            + " is not. Convert the model to another type."));
        if (format.blocked() && (rank == 0 || fastestFirst.getFirst() % format.blockElements() != 0)) {
            throw cursor.refused("rows in " + format + " must be whole blocks of " + format.blockElements(),
                "the dimensions are " + fastestFirst);
        }
        return new Info(name, format, fastestFirst.reversed(), elements, cursor.i64("the offset"));
    }

    private static int alignment(Cursor cursor, Map<String, Object> metadata) {
        Object value = metadata.getOrDefault("general.alignment", (long) ALIGNMENT);
        if (!(value instanceof Long alignment) || alignment <= 0 || alignment > MOST_ALIGNMENT || Long.bitCount(alignment) != 1) {
            throw cursor.refused("general.alignment must be a power of two up to " + MOST_ALIGNMENT,
                value instanceof List ? "it is a list" : "it is " + Cursor.shown(String.valueOf(value)));
        }
        return alignment.intValue();
    }

    String where() {
        return where;
    }

    /** The file's metadata; lists are views of the file. */
    Map<String, Object> metadata() {
        return metadata;
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

    /** A tensor of the list, before its data are looked at. */
    private record Info(String name, Format format, List<Long> shape, long elements, long offset) {

        StoredTensor tensor(String where, MemorySegment data, int alignment) {
            if (offset < 0 || offset % alignment != 0) {
                throw Cursor.refused(where, "tensor " + Cursor.shown(name) + " must begin at a multiple of " + alignment + " bytes",
                    "it begins at " + Long.toUnsignedString(offset));
            }
            long bytes = format.bytes(elements);
            if (offset > data.byteSize() || bytes > data.byteSize() - offset) {
                throw Cursor.refused(where, "tensor " + Cursor.shown(name) + " must lie within the file", "its " + bytes
                    + " bytes begin at byte " + offset + " of the data, which has " + data.byteSize());
            }
            return new StoredTensor(name, format, shape, data.asSlice(offset, bytes));
        }
    }
}
