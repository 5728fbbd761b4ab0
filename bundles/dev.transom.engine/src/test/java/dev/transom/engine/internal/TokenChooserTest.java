package dev.transom.engine.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.transom.api.sampler.Sampler;
import dev.transom.api.sampler.SamplingOptions;
import java.util.List;
import org.junit.jupiter.api.Test;

class TokenChooserTest {

    private static final float GONE = Float.NEGATIVE_INFINITY;
    private static final float[] LOGITS = {0, (float) Math.log(2), GONE, (float) Math.log(5)};

    @Test
    void greedyTakesTheLowestOfEqualIds() {
        assertEquals(1, new TokenChooser(4).choose(new float[] {0, 3, 3, -1}, 0, request(SamplingOptions.GREEDY, 0, 0, -1)));
    }

    @Test
    void drawsFollowTheDistribution() {
        TokenChooser chooser = new TokenChooser(4);
        int[] counts = new int[4];
        for (int seed = 0; seed < 8000; seed++) {
            counts[chooser.choose(LOGITS, 0, request(SamplingOptions.NONE, seed, 0, -1))]++;
        }
        // Expected 1000, 2000, 0, 5000; three standard deviations are at most 140.
        assertEquals(1000, counts[0], 140);
        assertEquals(2000, counts[1], 140);
        assertEquals(0, counts[2]);
        assertEquals(5000, counts[3], 140);
    }

    @Test
    void aDrawDependsOnSeedAndIndexAlone() {
        TokenChooser chooser = new TokenChooser(100);
        float[] flat = new float[100];
        int first = chooser.choose(flat, 0, request(SamplingOptions.NONE, 7, 3, -1));
        chooser.choose(flat, 0, request(SamplingOptions.NONE, 8, 1, -1));
        assertEquals(first, new TokenChooser(100).choose(flat, 0, request(SamplingOptions.NONE, 7, 3, -1)));
        assertNotEquals(first, chooser.choose(flat, 0, request(SamplingOptions.NONE, 7, 4, -1)));
    }

    @Test
    void logProbabilitiesAreThoseBeforeSamplingSteps() {
        Request request = request(SamplingOptions.GREEDY, 0, 0, 3);
        Sampler.Step removeBest = (logits, _, _) -> logits[3] = GONE;
        request.steps = new Sampler.Step[] {removeBest};
        assertEquals(1, new TokenChooser(4).choose(LOGITS, 0, request));
        assertEquals(Math.log(2 / 8.0), request.chosenLogProbs[0], 1e-6);
        assertEquals(List.of(3, 1, 0), List.of(request.topIds[0], request.topIds[1], request.topIds[2]));
        assertEquals(Math.log(5 / 8.0), request.topLogProbs[0], 1e-6);
    }

    @Test
    void refusesLogitsThatAreNoNumbers() {
        Request request = request(SamplingOptions.NONE, 0, 0, -1);
        for (float[] bad : new float[][] {{0, Float.NaN, 0, 0}, {0, 0, Float.POSITIVE_INFINITY, 0}, {GONE, GONE, GONE, GONE}}) {
            assertEquals(TokenChooser.NONE, new TokenChooser(4).choose(bad, 0, request));
        }
        assertTrue(TokenChooser.fault(new float[] {9, GONE, 1, Float.NaN}, 1, 3).startsWith("NaN for token 2"));
    }

    private static Request request(SamplingOptions options, long seed, int length, int logProbs) {
        return new Request(null, new Request.Terms(new int[length], length, new int[0], 4, 4, seed, new int[0], List.of(), logProbs, options, false),
            new Sampler.Step[0], null, null);
    }
}
