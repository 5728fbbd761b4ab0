package dev.transom.app.embed.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.transom.api.TransomException;
import dev.transom.api.application.Session;
import dev.transom.api.model.Models;
import dev.transom.api.model.OpenModel;
import dev.transom.api.task.Embedding;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringReader;
import java.io.StringWriter;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class EmbedCommandTest {

    @TempDir
    private Path folder;
    private final StringWriter out = new StringWriter();
    private final List<Integer> portions = new ArrayList<>();

    @Test
    void printsALineOfNumbersForEachText() {
        run("", "m", "ab", "c");
        assertEquals("2.0 0.1\n1.0 0.1\n", out.toString());
    }

    @Test
    void readsLinesFromStdinInPortions() {
        run("x\n".repeat(300), "m");
        assertEquals(List.of(256, 44), portions);
        assertEquals(300, out.toString().lines().count());
    }

    @Test
    void readsLinesOfAFile() throws IOException {
        Files.writeString(folder.resolve("texts"), "é\n\nabc");
        run("", "m", "--file", "texts");
        assertEquals("1.0 0.1\n0.0 0.1\n3.0 0.1\n", out.toString());
    }

    @Test
    void jsonHoldsTextAndVector() {
        run("", "m", "a\"b", "--json");
        JsonObject line = Json.createReader(new StringReader(out.toString())).readObject();
        assertEquals("a\"b", line.getString("text"));
        assertEquals("[3.0,0.1]", line.getJsonArray("vector").toString());
    }

    @Test
    void refusesWhatItCannotRead() {
        assertEquals("embed: at least one text is required; there is none. Give it as an argument.", refusal("m"));
        assertEquals("embed: texts come from arguments or from a file; got both. Leave one out.", refusal("m", "a", "--file", "b"));
        assertEquals(folder.resolve("b") + ": a text file is required; there is nothing at this path. Check the path.",
            refusal("m", "--file", "b"));
        assertTrue(portions.isEmpty());
    }

    private String refusal(String... arguments) {
        return assertThrows(TransomException.class, () -> run("", arguments)).getMessage();
    }

    private void run(String in, String... arguments) {
        Session session = new Session(new PrintWriter(out), new PrintWriter(new StringWriter()),
            new ByteArrayInputStream(in.getBytes(StandardCharsets.UTF_8)), false, false, 80, folder);
        OpenModel model = (OpenModel) proxy(OpenModel.class, null);
        Models models = (Models) proxy(Models.class, model);
        CommandLine line = new CommandLine(new EmbedCommand(session, models, task()));
        List<Exception> failures = new ArrayList<>();
        line.setExecutionExceptionHandler((failure, _, _) -> failures.add(failure) ? 2 : 0);
        int code = line.execute(arguments);
        for (Exception failure : failures) {
            throw (TransomException) failure;
        }
        assertEquals(0, code);
    }

    /** A vector is the text's length and a tenth. */
    private Embedding task() {
        Embedding.Embedder embedder = new Embedding.Embedder() {
            @Override
            public int dimension() {
                return 2;
            }

            @Override
            public List<float[]> embed(List<String> texts) {
                portions.add(texts.size());
                return texts.stream().map(text -> new float[] {text.length(), 0.1f}).toList();
            }

            @Override
            public void close() {
                // Holds nothing.
            }
        };
        return (Embedding) proxy(Embedding.class, embedder);
    }

    private static Object proxy(Class<?> type, Object answer) {
        return Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, (_, _, _) -> answer);
    }
}
