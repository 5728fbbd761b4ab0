package dev.transom.app.generate.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.transom.api.TransomException;
import dev.transom.api.application.Session;
import dev.transom.api.engine.Engine;
import dev.transom.api.engine.EngineOptions;
import dev.transom.api.engine.Engines;
import dev.transom.api.engine.Generation;
import dev.transom.api.engine.GenerationRequest.ContextFull;
import dev.transom.api.model.OpenModel;
import dev.transom.api.sampler.SamplingOptions;
import dev.transom.api.sampler.SamplingOptions.Phrase;
import dev.transom.api.task.TextGeneration;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.io.ByteArrayInputStream;
import java.io.PrintWriter;
import java.io.StringReader;
import java.io.StringWriter;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class GenerateCommandTest {

    private final StringWriter out = new StringWriter();
    private final List<TextGeneration.Prompt> prompts = new ArrayList<>();
    private final List<EngineOptions> opened = new ArrayList<>();
    private final List<Long> forked = new ArrayList<>();

    @Test
    void printsTheAnswerAndNothingElse() {
        assertEquals(0, run("in", "m", "--prompt", "Hello"));
        assertEquals("é is\n", out.toString());
        assertEquals("Hello", prompts.getFirst().text());
        assertEquals(0, prompts.getFirst().maxTokens());
        assertEquals(Map.of(), prompts.getFirst().options().values());
    }

    @Test
    void handsOptionsToTheTask() {
        run("in", "m", "-p", "-", "-n", "5", "--temperature", "0.5", "--top-k", "3", "--top-p", "0.9", "--min-p", "0.1",
            "--repetition-penalty", "1.2", "--sampler", "mirostat=2", "--seed", "9", "--stop", "a", "--stop", "b", "--log-probs", "2",
            "--threads", "3", "--backend", "cpu");
        TextGeneration.Prompt prompt = prompts.getFirst();
        assertEquals("in", prompt.text());
        assertEquals(5, prompt.maxTokens());
        assertEquals(Map.of("temperature", 0.5, "top_k", 3.0, "top_p", 0.9, "min_p", 0.1, "repetition_penalty", 1.2, "mirostat", 2.0),
            prompt.options().values());
        assertEquals(9, prompt.seed());
        assertEquals(List.of("a", "b"), prompt.stopStrings());
        assertEquals(2, prompt.logProbs());
        assertEquals(3, opened.getFirst().threads());
        assertEquals(Optional.of("cpu"), opened.getFirst().backend());
    }

    @Test
    void handsPhrasesAndTheOrderOfStepsToTheTask() {
        run("in", "m", "-p", "x", "--frequency-penalty", "0.3", "--presence-penalty", "0.4", "--min-tokens", "7", "--logit-bias", "5=-3",
            "--logit-bias", "6=2", "--bad-words", "foo bar", "--bad-words", "baz", "--samplers", "bad_words,logit_bias",
            "--context-full", "shift");
        SamplingOptions options = prompts.getFirst().options();
        assertEquals(Map.of("frequency_penalty", 0.3, "presence_penalty", 0.4, "min_new_tokens", 7.0), options.values());
        assertEquals(List.of(new Phrase("", List.of(5), -3), new Phrase("", List.of(6), 2)), options.phrases("logit_bias"));
        assertEquals(List.of(Phrase.of("foo bar"), Phrase.of("baz")), options.phrases("bad_words"));
        assertEquals(List.of("bad_words", "logit_bias"), options.order());
        assertEquals(ContextFull.SHIFT, prompts.getFirst().contextFull());
    }

    @Test
    void severalAnswersAreForksWithFurtherSeeds() {
        assertEquals(0, run("in", "m", "--prompt", "Hello", "--answers", "3", "--seed", "7"));
        assertEquals(List.of(8L, 9L), forked);
        assertEquals("é is\né is\né is\n", out.toString());
        assertEquals(3, opened.getFirst().maxRows());
    }

    @Test
    void jsonHoldsTextTokensAndReason() {
        assertEquals(0, run("in", "m", "--prompt", "Hello", "--json", "--seed", "4", "--log-probs", "1"));
        JsonObject answer = Json.createReader(new StringReader(out.toString())).readObject();
        assertEquals("é is", answer.getString("text"));
        assertEquals("stop_string", answer.getString("finish"));
        assertEquals(4, answer.getInt("seed"));
        assertEquals("gpt 1.0.0", answer.getString("architecture"));
        JsonObject token = answer.getJsonArray("tokens").getJsonObject(1);
        assertEquals(8, token.getInt("id"));
        assertEquals(-0.5, token.getJsonNumber("log_prob").doubleValue());
        assertEquals(3, token.getJsonArray("top").getJsonObject(0).getInt("id"));
    }

    @Test
    void refusesNumbersOutOfRange() {
        assertEquals("option --max-tokens: it must be 1 or more; got 0. Leave it out for the model's own.",
            assertThrows(TransomException.class, () -> run("in", "m", "-p", "x", "-n", "0")).getMessage());
        assertEquals("option --log-probs: it must be 0 or more; got -2. 0 reports the tokens' own.",
            assertThrows(TransomException.class, () -> run("in", "m", "-p", "x", "--log-probs", "-2")).getMessage());
        assertEquals(2, run("in", "m"), "a prompt is required");
        assertTrue(opened.isEmpty());
    }

    private int run(String in, String... arguments) {
        PrintWriter writer = new PrintWriter(out);
        Session session = new Session(writer, new PrintWriter(new StringWriter()),
            new ByteArrayInputStream(in.getBytes(StandardCharsets.UTF_8)), false, false, 80, Path.of("").toAbsolutePath());
        CommandLine line = new CommandLine(new GenerateCommand(session, engines(), task()));
        line.setErr(new PrintWriter(new StringWriter()));
        List<Exception> failures = new ArrayList<>();
        line.setExecutionExceptionHandler((failure, _, _) -> failures.add(failure) ? 2 : 0);
        int code = line.execute(arguments);
        for (Exception failure : failures) {
            throw (TransomException) failure;
        }
        return code;
    }

    private TextGeneration task() {
        return answering(TextGeneration.class, Map.of("generate", new Object()), (method, arguments) -> {
            prompts.add((TextGeneration.Prompt) arguments[1]);
            return new Answers();
        });
    }

    private Engines engines() {
        OpenModel model = answering(OpenModel.class, Map.of("reference", "m", "architecture", "gpt 1.0.0"), null);
        Engine engine = answering(Engine.class, Map.of("model", model, "backend", "cpu", "close", ""), null);
        return answering(Engines.class, Map.of("open", new Object()), (_, arguments) -> {
            opened.add((EngineOptions) arguments[2]);
            return engine;
        });
    }

    private interface Answering {
        Object answer(String method, Object[] arguments);
    }

    private static <T> T answering(Class<T> type, Map<String, Object> answers, Answering more) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, (_, method, arguments) -> {
            if (!answers.containsKey(method.getName())) {
                throw new AssertionError(method);
            }
            Object answer = more == null ? answers.get(method.getName()) : more.answer(method.getName(), arguments);
            return method.getReturnType() == void.class ? null : answer;
        }));
    }

    /** Three tokens; the first is half a character. */
    private final class Answers implements Generation {

        private final Iterator<Token> tokens = List.of(new Token(7, "", -1f, List.of(new Alternative(3, -0.25f))),
            new Token(8, "é", -0.5f, List.of(new Alternative(3, -0.25f))),
            new Token(9, " is", -0.75f, List.of(new Alternative(3, Float.NEGATIVE_INFINITY)))).iterator();

        @Override
        public Optional<Token> next() {
            return tokens.hasNext() ? Optional.of(tokens.next()) : Optional.empty();
        }

        @Override
        public Finish finish() {
            return Finish.STOP_STRING;
        }

        @Override
        public void cancel() {
            // A command cancels whatever it leaves.
        }

        @Override
        public Generation fork(long seed) {
            forked.add(seed);
            return new Answers();
        }
    }
}
