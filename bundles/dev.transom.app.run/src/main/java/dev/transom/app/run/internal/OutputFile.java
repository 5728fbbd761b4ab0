package dev.transom.app.run.internal;

import dev.transom.api.TransomException;
import jakarta.json.Json;
import jakarta.json.JsonException;
import jakarta.json.JsonObject;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * Answers, one JSON object a line, numbered without a gap; only ever appended. A line counts once its end is there, so whatever
 * interrupts a run leaves complete lines and at most one torn one, which the next run cuts off. One process at a time holds it.
 */
final class OutputFile implements Closeable {

    private static final int LINES_UNFORCED = 64;
    private static final long NANOS_UNFORCED = 1_000_000_000L;

    private final Path file;
    private final FileChannel channel;
    private long length;
    private long lines;
    private long failures;
    private int unforced;
    private long forced = System.nanoTime();

    private OutputFile(Path file, FileChannel channel) {
        this.file = file;
        this.channel = channel;
    }

    /** Opens an output that is there, or makes an empty one, and finds where to go on. */
    static OutputFile open(Path file) {
        try {
            FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
            try {
                lock(file, channel);
                OutputFile output = new OutputFile(file, channel);
                output.recover();
                return output;
            } catch (RuntimeException | IOException refused) {
                channel.close();
                throw refused;
            }
        } catch (IOException unwritable) {
            throw new TransomException(file + ": the output must be writable; " + unwritable.getMessage() + ". Name another in the job.",
                unwritable);
        }
    }

    private static void lock(Path file, FileChannel channel) throws IOException {
        try {
            if (channel.tryLock() != null) {
                return;
            }
        } catch (OverlappingFileLockException here) {
            // Another run in this very process.
        }
        throw new TransomException(file + ": one run at a time may write an output; another does. Wait for it, or name another output.");
    }

    /** Counts complete lines and cuts off what follows them. */
    private void recover() throws IOException {
        InputStream in = new BufferedInputStream(Channels.newInputStream(channel.position(0)), 1 << 16);
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        boolean torn = false;
        for (int value = in.read(); value >= 0; value = in.read()) {
            line.write(value);
            if (value == '\n') {
                JsonObject answer = answer(line.toString(StandardCharsets.UTF_8));
                if (answer == null) {
                    torn = true;
                } else if (torn || answer.getInt("line", 0) != lines + 1) {
                    throw new TransomException(file + ": answers must follow each other without a gap; after line " + lines
                        + " comes something else. It was edited: begin anew with --overwrite.");
                } else {
                    lines++;
                    failures += answer.containsKey("error") ? 1 : 0;
                    length += line.size();
                }
                line.reset();
            }
        }
        channel.truncate(length);
        channel.position(length);
    }

    private static JsonObject answer(String line) {
        try (var reader = Json.createReader(new StringReader(line))) {
            return reader.readObject();
        } catch (JsonException torn) {
            return null;
        }
    }

    /** Lines that are there. */
    long lines() {
        return lines;
    }

    /** Those of them that report a failure. */
    long failures() {
        return failures;
    }

    /** Appends the answer to the next line of the input. */
    void append(JsonObject answer) {
        byte[] bytes = (answer + "\n").getBytes(StandardCharsets.UTF_8);
        try {
            write(ByteBuffer.wrap(bytes));
            lines++;
            failures += answer.containsKey("error") ? 1 : 0;
            length += bytes.length;
            if (++unforced >= LINES_UNFORCED || System.nanoTime() - forced > NANOS_UNFORCED) {
                force();
            }
        } catch (IOException full) {
            cut();
            throw full(full);
        }
    }

    private void write(ByteBuffer bytes) throws IOException {
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
    }

    private void force() throws IOException {
        channel.force(false);
        unforced = 0;
        forced = System.nanoTime();
    }

    /** Nothing half written is left, if the disk lets it. */
    private void cut() {
        try {
            channel.truncate(length);
        } catch (IOException torn) {
            // The next run cuts it off.
        }
    }

    private TransomException full(IOException cause) {
        return new TransomException(file + ": there must be room for every answer; writing the answer to line " + (lines + 1)
            + " stopped with " + cause.getMessage() + ". Free some room and go on with --resume.", cause);
    }

    @Override
    public void close() {
        try (channel) {
            force();
        } catch (IOException full) {
            throw full(full);
        }
    }
}
