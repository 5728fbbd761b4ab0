package dev.transom.app.tokenize.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.transom.api.TransomException;
import dev.transom.api.application.Session;
import dev.transom.api.model.Models;
import dev.transom.api.model.OpenModel;
import dev.transom.api.tokenizer.EncodeOptions;
import dev.transom.api.tokenizer.Encoding;
import dev.transom.api.tokenizer.Encoding.Offset;
import dev.transom.api.tokenizer.Tokenizer;
import dev.transom.api.tokenizer.TokenizerFormat;
import java.io.ByteArrayInputStream;
import java.io.PrintWriter;
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

/** A tokenizer whose tokens are characters, id = code; it puts {@code <s>}, id 1, before texts. */
class TokenizeCommandTest {

    private final StringWriter out = new StringWriter();

    @TempDir
    Path folder;

    @Test
    void printsIdSpellingAndPlace() {
        assertEquals(0, run("", "m", "a\"b"));
        assertEquals("""
                   1  "<s>"  added
                  97  "a"    0..1
                  34  "\\""   1..2
                  98  "b"    2..3
            """, out.toString());
    }

    @Test
    void printsNumbersOrJsonForEachText() {
        run("", "m", "--count", "ab", "abc");
        assertEquals("3\n4\n", out.toString());
        out.getBuffer().setLength(0);
        run("", "m", "--json", "--plain", "ab");
        assertEquals("{\"text\":\"ab\",\"count\":2,\"ids\":[97,98],\"tokens\":[\"a\",\"b\"],\"offsets\":[[0,1],[1,2]]}\n", out.toString());
    }

    @Test
    void readsTheTextFromStdinOrAFile() throws Exception {
        run("xyz", "m", "--count", "--plain");
        run("xy", "m", "--count", "--plain", "-");
        run("", "m", "--count", "--plain", "--file", Files.writeString(folder.resolve("t"), "q").toString());
        assertEquals("3\n2\n1\n", out.toString());
    }

    @Test
    void turnsIdsIntoText() {
        run("", "m", "--ids", "104", "[105, 33]");
        run("104 105", "m", "--ids", "--json");
        assertEquals("hi!\n{\"ids\":[104,105],\"text\":\"hi\"}\n", out.toString());
    }

    @Test
    void aTokenizerAloneIsEnough() throws Exception {
        run("", Files.writeString(folder.resolve("only.tokens"), "").toString(), "--count", "--plain", "a");
        assertEquals("1\n", out.toString());
    }

    @Test
    void refusesWhatIsNoId() {
        assertEquals("option --ids: an id must be a number from 0; got x1. Leave --ids out for texts.",
            assertThrows(TransomException.class, () -> run("", "m", "--ids", "x1")).getMessage());
        assertEquals("tokenize: a text comes from an argument or from a file; got both. Leave one out.",
            assertThrows(TransomException.class, () -> run("", "m", "--file", "f", "a")).getMessage());
        assertEquals(folder.resolve("none") + ": a text file in UTF-8 is required; there is nothing at this path. Check the path.",
            assertThrows(TransomException.class, () -> run("", "m", "--file", folder.resolve("none").toString())).getMessage());
    }

    private int run(String in, String... arguments) {
        Session session = new Session(new PrintWriter(out), new PrintWriter(new StringWriter()),
            new ByteArrayInputStream(in.getBytes(StandardCharsets.UTF_8)), false, false, 80, Path.of("").toAbsolutePath());
        Models models = fake(Models.class, (_, _) -> fake(OpenModel.class, (method, _) -> method.equals("tokenizer") ? tokenizer() : null));
        TokenizerFormat format = fake(TokenizerFormat.class, (method, given) -> switch (method) {
            case "name" -> "tokens";
            case "accepts" -> given[0].toString().endsWith(".tokens");
            default -> tokenizer();
        });
        CommandLine line = new CommandLine(new TokenizeCommand(session, models, List.of(format)));
        List<Exception> failures = new ArrayList<>();
        line.setExecutionExceptionHandler((failure, _, _) -> failures.add(failure) ? 2 : 0);
        int code = line.execute(arguments);
        for (Exception failure : failures) {
            throw (TransomException) failure;
        }
        return code;
    }

    private static Tokenizer tokenizer() {
        return fake(Tokenizer.class, (method, given) -> switch (method) {
            case "encode" -> encoding((String) given[0], ((EncodeOptions) given[1]).addSpecialTokens());
            case "decode" -> new String((int[]) given[0], 0, ((int[]) given[0]).length);
            default -> "";
        });
    }

    private static Encoding encoding(String text, boolean marked) {
        String all = (marked ? "\u0001" : "") + text;
        int length = all.length();
        int[] special = new int[length];
        List<String> tokens = new ArrayList<>();
        Offset[] offsets = new Offset[length];
        for (int i = 0; i < length; i++) {
            boolean marker = marked && i == 0;
            special[i] = marker ? 1 : 0;
            tokens.add(marker ? "<s>" : all.substring(i, i + 1));
            int at = i - (marked ? 1 : 0);
            offsets[i] = marker ? new Offset(0, 0) : new Offset(at, at + 1);
        }
        return new Encoding(all.chars().toArray(), special, tokens, offsets, special, special, special, special, List.of());
    }

    private interface Answering {
        Object answer(String method, Object[] arguments);
    }

    private static <T> T fake(Class<T> type, Answering answering) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type},
            (_, method, arguments) -> answering.answer(method.getName(), arguments)));
    }
}
