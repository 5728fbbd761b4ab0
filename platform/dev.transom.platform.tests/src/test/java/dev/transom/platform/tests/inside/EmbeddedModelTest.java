package dev.transom.platform.tests.inside;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.transom.api.engine.Engine;
import dev.transom.api.engine.EngineOptions;
import dev.transom.api.engine.Engines;
import dev.transom.api.engine.Generation;
import dev.transom.api.engine.GenerationRequest;
import dev.transom.api.sampler.SamplingOptions;
import dev.transom.api.tokenizer.EncodeOptions;
import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The model that comes with Transom gives what the library that trained it gives: ids, logits, greedy answers. */
class EmbeddedModelTest {

    private static final Path EXPECTED =
            Path.of(System.getProperty("transom.root"), "bundles/dev.transom.model.jargon/src/test/resources/expected.json");

    /** Of logits about 12 in size, from float32. */
    private static final double TOLERANCE = 1e-3;

    @Test
    void itsTokensLogitsAndAnswersAreTheLibrarys() throws Exception {
        try (Engine engine = Services.one(Engines.class).open("bundle:jargon", Path.of("").toAbsolutePath(), EngineOptions.DEFAULT)) {
            for (JsonObject expected : cases()) {
                int[] prompt = engine.model().tokenizer().encode(expected.getString("prompt"), EncodeOptions.PLAIN).ids();
                assertArrayEquals(ids(expected.getJsonArray("ids")), prompt);
                List<Generation.Token> answer = answer(engine, prompt, expected.getJsonArray("greedy").size());
                assertArrayEquals(ids(expected.getJsonArray("greedy")), answer.stream().mapToInt(Generation.Token::id).toArray());
                assertLogits(expected.getJsonArray("top"), answer.getFirst());
            }
        }
    }

    /** Log-probabilities differ from logits by a constant. */
    private static void assertLogits(JsonArray expected, Generation.Token first) {
        double shift = number(expected, 0) - first.top().getFirst().logProb();
        for (int i = 0; i < expected.size(); i++) {
            assertEquals(expected.getJsonObject(i).getInt("id"), first.top().get(i).id());
            assertEquals(number(expected, i), first.top().get(i).logProb() + shift, TOLERANCE);
        }
    }

    private static double number(JsonArray top, int index) {
        return top.getJsonObject(index).getJsonNumber("logit").doubleValue();
    }

    private static List<Generation.Token> answer(Engine engine, int[] prompt, int tokens) throws InterruptedException {
        return engine.submit(new GenerationRequest(IntStream.of(prompt).boxed().toList(), List.of(), tokens,
                SamplingOptions.GREEDY, 0, Set.of(), List.of(), 10)).all();
    }

    private static List<JsonObject> cases() throws IOException {
        try (JsonReader reader = Json.createReader(Files.newInputStream(EXPECTED))) {
            List<JsonObject> cases = reader.readObject().getJsonArray("cases").getValuesAs(JsonObject.class);
            assertEquals(3, cases.size());
            return cases;
        }
    }

    private static int[] ids(JsonArray ids) {
        return ids.getValuesAs(JsonNumber.class).stream().mapToInt(JsonNumber::intValue).toArray();
    }
}
