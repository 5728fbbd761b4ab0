package dev.transom.app.run.internal;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Cuts a file into lines of UTF-8; a line that is too long or not UTF-8 is only that line's fault. */
final class RawLines implements Closeable {

    private static final int LONGEST = 16 << 20;

    private final InputStream in;
    private String fault;

    RawLines(Path file) throws IOException {
        in = new BufferedInputStream(Files.newInputStream(file), 1 << 16);
    }

    /** The next line without its end; null at the end of the file. */
    String next() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        fault = null;
        int value = in.read();
        if (value < 0) {
            return null;
        }
        for (; value >= 0 && value != '\n'; value = in.read()) {
            if (bytes.size() < LONGEST) {
                bytes.write(value);
            } else {
                fault = "a line may have " + LONGEST + " bytes; this one has more. Shorten it.";
            }
        }
        return fault == null ? decode(bytes.toByteArray()) : "";
    }

    private String decode(byte[] bytes) {
        int length = bytes.length > 0 && bytes[bytes.length - 1] == '\r' ? bytes.length - 1 : bytes.length;
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes, 0, length)).toString();
        } catch (CharacterCodingException malformed) {
            fault = "a line must be UTF-8; this one is not. Convert the file.";
            return "";
        }
    }

    /** What is wrong with the line; null when nothing is. */
    String fault() {
        return fault;
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
