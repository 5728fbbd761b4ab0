package dev.transom.platform.tests.inside;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.transom.api.TransomException;
import dev.transom.api.engine.Engine;
import dev.transom.api.engine.EngineOptions;
import dev.transom.api.engine.Engines;
import dev.transom.api.engine.Generation;
import dev.transom.api.engine.GenerationRequest;
import dev.transom.api.model.Models;
import dev.transom.api.model.OpenModel;
import dev.transom.api.sampler.SamplingOptions;
import dev.transom.api.task.Prediction;
import dev.transom.api.tokenizer.EncodeOptions;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What the task prediction says of an answer is what the engine said when it made it. */
class PredictionTest {

    private static final Path HERE = Path.of("").toAbsolutePath();

    @Test
    void anAnswersTokensAreAsProbableAsWhenTheyWereGenerated() throws Exception {
        int[] prompt;
        List<Generation.Token> answer;
        try (Engine engine = Services.one(Engines.class).open("bundle:jargon", HERE, EngineOptions.DEFAULT)) {
            prompt = engine.model().tokenizer().encode("hacker:", EncodeOptions.PLAIN).ids();
            answer = engine.submit(new GenerationRequest(IntStream.of(prompt).boxed().toList(), List.of(), 60,
                    SamplingOptions.GREEDY, 0, Set.of(), List.of(), 0)).all();
        }
        int[] row = IntStream.concat(IntStream.of(prompt), answer.stream().mapToInt(Generation.Token::id)).toArray();
        try (OpenModel model = Services.one(Models.class).open("bundle:jargon", HERE);
                Prediction.Predictor predictor = Services.one(Prediction.class).open(model, EngineOptions.DEFAULT)) {
            float[] all = predictor.logProbs(row, 1);
            float[] ofAnswer = predictor.logProbs(row, prompt.length);
            assertEquals(row.length - 1, all.length);
            assertArrayEquals(Arrays.copyOfRange(all, prompt.length - 1, all.length), ofAnswer, 0);
            for (int i = 0; i < ofAnswer.length; i++) {
                assertEquals(answer.get(i).logProb(), ofAnswer[i], 1e-4f);
            }
            assertEquals(0, predictor.logProbs(new int[] {row[0]}, 1).length);
            assertThrows(TransomException.class, () -> predictor.logProbs(new int[] {0, -1}, 1));
            assertThrows(TransomException.class, () -> predictor.logProbs(new int[predictor.context() + 1], 1));
        }
    }
}
