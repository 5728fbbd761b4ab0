package dev.transom.app.quantize.internal;

import dev.transom.api.TransomException;
import dev.transom.api.tensor.Format;
import dev.transom.api.tensor.StoredTensor;
import dev.transom.blocks.Blocks;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.function.LongConsumer;
import java.util.stream.IntStream;

/** Writes a GGUF file beside its place and moves it there when it is whole, so that nothing half written bears its name. */
final class GgufWriter {

    /** Elements that one thread quantises at once: whole blocks of every format. */
    private static final int PART = 1 << 16;
    /** Parts in memory at once. */
    private static final int WAVE = 64;

    private final Path file;
    private final LongConsumer progress;
    private long written;

    /** @param progress told how many bytes are written */
    GgufWriter(Path file, LongConsumer progress) {
        this.file = file;
        this.progress = progress;
    }

    /** Gives the size of the file. */
    long write(Map<String, Object> metadata, List<Source.Tensor> tensors, List<Format> formats) {
        Path unfinished = file.resolveSibling(file.getFileName() + ".part");
        try {
            try (FileChannel channel = FileChannel.open(unfinished, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING,
                    StandardOpenOption.WRITE)) {
                put(channel, ByteBuffer.wrap(GgufHeader.of(metadata, tensors, formats)));
                for (int i = 0; i < tensors.size(); i++) {
                    tensor(channel, tensors.get(i), formats.get(i));
                }
            }
            Files.move(unfinished, file, StandardCopyOption.REPLACE_EXISTING);
            return written;
        } catch (IOException full) {
            throw new TransomException(file + ": the file must be writable and its disk have room; "
                + (full.getMessage() == null ? full.getClass().getSimpleName() : full.getMessage().replaceAll("\\s+", " "))
                + ". Nothing is left of it; free some room, or name another place.", full);
        } finally {
            discard(unfinished);
        }
    }

    private static void discard(Path unfinished) {
        try {
            Files.deleteIfExists(unfinished);
        } catch (IOException kept) {
            // What made writing fail has been said; this file is overwritten next time.
        }
    }

    private void tensor(FileChannel channel, Source.Tensor tensor, Format format) throws IOException {
        StoredTensor data = tensor.data().get();
        if (data.format().equals(format)) {
            for (long at = 0; at < data.data().byteSize(); at += PART) {
                put(channel, data.data().asSlice(at, Math.min(PART, data.data().byteSize() - at)).asByteBuffer());
            }
        } else {
            quantise(channel, tensor.name(), data, format);
        }
        long bytes = GgufHeader.bytes(tensor, format);
        put(channel, ByteBuffer.allocate((int) (GgufHeader.padded(bytes) - bytes)));
    }

    private void quantise(FileChannel channel, String name, StoredTensor data, Format format) throws IOException {
        long elements = data.elements();
        for (long wave = 0; wave < elements; wave += (long) WAVE * PART) {
            long first = wave;
            int count = (int) Math.min((long) WAVE * PART, elements - wave);
            try (Arena arena = Arena.ofShared()) {
                MemorySegment bytes = arena.allocate(format.bytes(count));
                IntStream.range(0, Math.ceilDiv(count, PART)).parallel().forEach(part -> {
                    int size = Math.min(PART, count - part * PART);
                    float[] values = new float[size];
                    Blocks.decode(data.format(), data.data(), first + (long) part * PART, values, 0, size);
                    requireFinite(name, values, format);
                    Blocks.encode(format, values, 0, size, bytes, format.bytes((long) part * PART));
                });
                put(channel, bytes.asByteBuffer());
            }
            if (Thread.currentThread().isInterrupted()) {
                throw new CancellationException("interrupted");
            }
        }
    }

    private void requireFinite(String name, float[] values, Format format) {
        for (int i = 0; format.blocked() && i < values.length; i++) {
            if (!Float.isFinite(values[i])) {
                throw new TransomException(file + ": tensor " + name + " must hold finite numbers to be stored as " + format + "; it holds "
                    + values[i] + ". Download the model again, or choose --type F16.");
            }
        }
    }

    private void put(FileChannel channel, ByteBuffer bytes) throws IOException {
        while (bytes.hasRemaining()) {
            written += channel.write(bytes);
        }
        progress.accept(written);
    }
}
