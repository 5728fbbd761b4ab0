package dev.transom.app.perplexity.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.transom.api.TransomException;
import dev.transom.api.application.Progress;
import dev.transom.api.application.Session;
import dev.transom.api.architecture.ModelDefinition;
import dev.transom.api.architecture.ModelFacts;
import dev.transom.api.model.Models;
import dev.transom.api.model.OpenModel;
import dev.transom.api.task.Prediction;
import dev.transom.api.tokenizer.Encoding;
import dev.transom.api.tokenizer.Tokenizer;
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
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class PerplexityCommandTest {

    @TempDir
    private Path folder;
    private final StringWriter out = new StringWriter();

    @Test
    void printsThePerplexityOfTheWholeText() {
        run("abcdefghij", "m", "-", "--context", "4", "--stride", "2");
        assertEquals("perplexity 2.0000 +- 0.0000 over 9 tokens (context 4, stride 2, exact; N tokens/s)\n",
            out.toString().replaceAll("\\d+ tokens/s", "N tokens/s"));
    }

    @Test
    void jsonHoldsTheFigures() throws IOException {
        Files.writeString(folder.resolve("text"), "abcdef");
        run("", "m", "text", "--json", "--max-tokens", "3");
        JsonObject object = Json.createReader(new StringReader(out.toString())).readObject();
        assertEquals(2, object.getInt("tokens"));
        assertEquals(2, object.getJsonNumber("perplexity").doubleValue(), 1e-6);
    }

    @Test
    void refusesWhatCannotBePredicted() throws IOException {
        Files.write(folder.resolve("latin"), new byte[] {'a', (byte) 0xe4, 'b'});
        assertEquals("stdin: at least 2 tokens are required; there are 1. Give a longer text.", refusal("a", "m", "-"));
        assertEquals(folder.resolve("no") + ": a text file is required; there is nothing at this path. Check the path.",
            refusal("", "m", "no"));
        assertEquals(folder.resolve("latin") + ": the text must be UTF-8; it is not. Convert it, for example with iconv.",
            refusal("", "m", "latin"));
        assertEquals("option --stride: it must be at most the context without BOS, 4; got 5. Ask for less, or for a longer context.",
            refusal("abc", "m", "-", "--context", "4", "--stride", "5"));
    }

    private String refusal(String in, String... arguments) {
        return assertThrows(TransomException.class, () -> run(in, arguments)).getMessage();
    }

    private void run(String in, String... arguments) {
        Session session = new Session(new PrintWriter(out), new PrintWriter(new StringWriter()),
            new ByteArrayInputStream(in.getBytes(StandardCharsets.UTF_8)), false, false, 80, folder);
        ModelFacts facts = new ModelFacts("m", "m", ModelFacts.Structure.CAUSAL, 8, 1, 256, 64, 0, List.of(), "");
        ModelDefinition definition = proxy(ModelDefinition.class, Map.of("facts", facts));
        OpenModel model = proxy(OpenModel.class, Map.of("tokenizer", tokenizer(), "definition", definition));
        Progress bar = proxy(Progress.class, Map.of());
        CommandLine line = new CommandLine(new PerplexityCommand(session, proxy(Models.class, Map.of("open", model)),
            proxy(Prediction.class, Map.of("open", predictor())), (_, _, _, _) -> bar));
        List<Exception> failures = new ArrayList<>();
        line.setExecutionExceptionHandler((failure, _, _) -> failures.add(failure) ? 2 : 0);
        int code = line.execute(arguments);
        for (Exception failure : failures) {
            throw (TransomException) failure;
        }
        assertEquals(0, code);
    }

    /** A token for each byte, without BOS. */
    private static Tokenizer tokenizer() {
        return (Tokenizer) Proxy.newProxyInstance(Tokenizer.class.getClassLoader(), new Class<?>[] {Tokenizer.class},
            (_, method, arguments) -> method.getName().equals("special") ? OptionalInt.empty() : encoding((String) arguments[0]));
    }

    private static Encoding encoding(String text) {
        int[] ids = text.chars().toArray();
        int[] zeros = new int[ids.length];
        return new Encoding(ids, zeros, List.of(text.split("")), new Encoding.Offset[ids.length], zeros, zeros, zeros, zeros, List.of());
    }

    /** Each token is a fair coin. */
    private static Prediction.Predictor predictor() {
        return new Prediction.Predictor() {
            @Override
            public int context() {
                return 64;
            }

            @Override
            public float[] logProbs(int[] ids, int from) {
                float[] all = new float[ids.length - from];
                Arrays.fill(all, (float) Math.log(0.5));
                return all;
            }

            @Override
            public void close() {
                // Holds nothing.
            }
        };
    }

    @SuppressWarnings("unchecked")
    private static <T> T proxy(Class<T> type, Map<String, Object> answers) {
        return (T) Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type},
            (_, method, _) -> answers.get(method.getName()));
    }
}
