package dev.transom.app.run.internal;

import dev.transom.api.TransomException;
import jakarta.json.Json;
import jakarta.json.JsonException;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.HexFormat;
import java.util.TreeMap;

/**
 * Which job an output belongs to: a small file beside it, written before the output's first line. Where to go on is told by the output
 * itself.
 */
record StateFile(Path output) {

    Path path() {
        return output.resolveSibling(output.getFileName() + ".state");
    }

    /** SHA-256 of the job's identity, its keys sorted. */
    static String fingerprint(JsonObject identity) {
        byte[] bytes = new TreeMap<>(identity).toString().getBytes(StandardCharsets.UTF_8);
        return HexFormat.of().formatHex(InputFile.sha256().digest(bytes));
    }

    void write(JsonObject identity) {
        JsonObject state = Json.createObjectBuilder().add("fingerprint", fingerprint(identity)).add("job", identity).build();
        Path unfinished = output.resolveSibling(output.getFileName() + ".state.tmp");
        try {
            try (FileChannel channel = FileChannel.open(unfinished, StandardOpenOption.CREATE, StandardOpenOption.WRITE,
                    StandardOpenOption.TRUNCATE_EXISTING)) {
                ByteBuffer bytes = ByteBuffer.wrap((state + "\n").getBytes(StandardCharsets.UTF_8));
                while (bytes.hasRemaining()) {
                    channel.write(bytes);
                }
                channel.force(true);
            }
            Files.move(unfinished, path(), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException unwritable) {
            throw new TransomException(path() + ": the folder must be writable; " + unwritable.getMessage() + ". Free some room or name "
                + "another output.", unwritable);
        }
    }

    /** Refuses to go on with another job's output, naming what has changed. */
    void requireSame(JsonObject identity) {
        JsonObject state = read();
        if (!fingerprint(identity).equals(state.getString("fingerprint", ""))) {
            JsonObject before = state.get("job") instanceof JsonObject job ? job : JsonObject.EMPTY_JSON_OBJECT;
            String changed = identity.keySet().stream().filter(key -> !identity.get(key).equals(before.get(key))).findFirst()
                .map(key -> key + " was " + before.get(key) + " and is " + identity.get(key)).orElse("it is another");
            throw new TransomException(output + ": only the job that began it may go on with it; " + changed
                + ". Undo the change, or begin anew with --overwrite.");
        }
    }

    private JsonObject read() {
        try (var reader = Json.createReader(Files.newBufferedReader(path()))) {
            return reader.readObject();
        } catch (IOException | JsonException absent) {
            throw new TransomException(output + ": to go on with it, " + path().getFileName()
                + " must lie beside it; it cannot be read. Begin anew with --overwrite.", absent);
        }
    }

    void delete() throws IOException {
        Files.deleteIfExists(path());
    }
}
