package dev.transom.engine.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.transom.api.architecture.ModelFacts.Structure;
import dev.transom.api.engine.Generation;
import dev.transom.api.engine.Generation.Finish;
import dev.transom.api.engine.Generation.Token;
import dev.transom.api.engine.GenerationRequest;
import dev.transom.api.sampler.SamplingOptions;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class AnswerTextTest {

    private final LoadedEngine engine = EngineFixture.load(
        new FakeModel(Structure.CAUSAL, 200, 0, "fake 1.0.0", new FakeTokenizer(), false), new FakeBackend("fake", 1),
        EngineFixture.options(0, 4, 64));

    @Test
    void stopStringsEndTheAnswerBeforeThem() throws Exception {
        String whole = text(answer(List.of(), Set.of(), 3));
        assertTrue(whole.length() > 30, whole);
        String stop = whole.substring(20, 23);
        Generation cut = answer(List.of("never there", stop), Set.of(), 3);
        List<Token> tokens = cut.all();
        assertEquals(whole.substring(0, whole.indexOf(stop)), tokens.stream().map(Token::text).collect(Collectors.joining()));
        assertEquals(Finish.STOP_STRING, cut.finish());
        assertTrue(tokens.size() < 100);
    }

    @Test
    void textIsTheSameWithStopStringsThatNeverCome() throws Exception {
        for (int seed = 0; seed < 30; seed++) {
            assertEquals(text(answer(List.of(), Set.of(), seed)), text(answer(List.of("zzzzzz", "é-é-é-"), Set.of(), seed)));
        }
    }

    @Test
    void aStopIdIsATokenWithoutText() throws Exception {
        for (List<String> stops : List.of(List.<String>of(), List.of("zzzzzz"))) {
            Generation answer = answer(stops, Set.of(3, 4, 5), 8);
            List<Token> tokens = answer.all();
            assertEquals(Finish.STOP_ID, answer.finish());
            assertTrue(Set.of(3, 4, 5).contains(tokens.getLast().id()));
            assertEquals("", tokens.getLast().text().replace("\uFFFD", ""));
        }
    }

    @Test
    void anAnswersTextContinuesItsPrompts() {
        AnswerText text = new AnswerText(new FakeTokenizer(), List.of(), new int[] {1, 26}, 2);
        assertEquals("é", text.push(27));
        assertEquals("", text.push(26));
        assertEquals("\uFFFD", text.finish());
    }

    private Generation answer(List<String> stops, Set<Integer> stopIds, long seed) {
        return engine.submit(new GenerationRequest(List.of(1, 2), List.of(), 100, SamplingOptions.NONE.with("temperature", 1), seed,
            stopIds, stops, -1));
    }

    private static String text(Generation generation) throws InterruptedException {
        return generation.all().stream().map(Token::text).collect(Collectors.joining());
    }
}
