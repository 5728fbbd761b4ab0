package dev.transom.samplers.internal;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.transom.api.TransomException;
import dev.transom.api.sampler.Sampler.Setting;
import dev.transom.api.sampler.SamplingOptions;
import dev.transom.api.sampler.SamplingOptions.Phrase;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class StatefulStepsTest {

    private static final float GONE = Float.NEGATIVE_INFINITY;

    @Test
    void mirostatMovesItsBoundByTheSurpriseOfTheChosenToken() {
        // Probabilities 1/2, 1/4, 1/4 have surprises of 1, 2, 2 bits. Bound 1.5 leaves the first, whose surprise is then 0.
        float[] logits = {(float) Math.log(0.5), (float) Math.log(0.25), (float) Math.log(0.25)};
        MirostatStep step = new MirostatStep(2, 0.5, 1.5);
        float[] first = logits.clone();
        step.apply(first, new int[] {1}, 1);
        assertArrayEquals(new float[] {logits[0], GONE, GONE}, first);
        float[] second = logits.clone();
        step.apply(second, new int[] {1, 0}, 2);
        // 1.5 − 0.5 · (0 − 2) = 2.5: all stay.
        assertEquals(2.5, step.mu(), 1e-12);
        assertArrayEquals(logits, second);
        step.apply(logits.clone(), new int[] {1, 0, 2}, 3);
        // The third token's surprise is 2 bits, the target.
        assertEquals(2.5, step.mu(), 1e-6);
    }

    @Test
    void mirostatEndsWhereTheCasesSay() {
        try (CaseTensors inputs = new CaseTensors(List.of(new PlainSafetensors()), Cases.file().resolveSibling("inputs.safetensors"))) {
            float[] logits = inputs.reals("logits.50").orElseThrow();
            assertEquals(10.279213321576218, after(logits, 5, 0.1, 10), 1e-5);
            assertEquals(3.4650527409891807, after(logits, 3, 0.2, 3), 1e-5);
            assertEquals(0.5001, after(logits, 5, 0.1, 0.0001), 1e-9);
        }
    }

    private static double after(float[] logits, double tau, double eta, double mu) {
        MirostatStep step = new MirostatStep(tau, eta, mu);
        step.apply(logits.clone(), new int[] {3}, 1);
        step.apply(logits.clone(), new int[] {3, 10}, 2);
        return step.mu();
    }

    @Test
    void dryFindsWhatComparingEveryPlaceFinds() {
        Random random = new Random(3);
        for (int round = 0; round < 300; round++) {
            int length = random.nextInt(40);
            int[] history = random.ints(length, 0, 3).toArray();
            int allowed = 1 + random.nextInt(3);
            int lastN = random.nextBoolean() ? -1 : random.nextInt(1, 30);
            int breaker = random.nextInt(4);
            float[] logits = new float[4];
            new DryStep(1, 2, allowed, lastN, new int[][] {{breaker}}).apply(logits, history, length);
            assertArrayEquals(plainDry(history, allowed, lastN, breaker), logits);
        }
    }

    /** For each earlier place, how many tokens up to it equal the row's last ones, counted one by one. */
    private static float[] plainDry(int[] history, int allowed, int lastN, int breaker) {
        int from = lastN < 0 ? 0 : Math.max(0, history.length - lastN);
        int[] longest = new int[4];
        for (int place = from; place < history.length - 1; place++) {
            int match = 0;
            while (place - match >= from && history[place - match] == history[history.length - 1 - match]
                && history[place - match] != breaker) {
                match++;
            }
            longest[history[place + 1]] = Math.max(longest[history[place + 1]], match);
        }
        float[] logits = new float[4];
        for (int id = 0; id < 4; id++) {
            logits[id] -= longest[id] >= allowed ? (float) Math.pow(2, longest[id] - allowed) : 0;
        }
        return logits;
    }

    @Test
    void xtcAsksForChanceByPlaceInTheRow() {
        Setting setting = new Setting(3, 0, 9, Set.of(), (step, length) -> step.equals("xtc") && length == 4 ? 0.1 : 0.9);
        var step = new Xtc().step(SamplingOptions.NONE.with("xtc_probability", 0.5).with("xtc_threshold", 0.2), setting);
        float[] there = {1, 1, 1};
        step.apply(there, new int[4], 4);
        assertArrayEquals(new float[] {GONE, GONE, 1}, there, "of equals, the one with the highest id ranks lowest and stays");
        float[] elsewhere = {1, 1, 1};
        step.apply(elsewhere, new int[5], 5);
        assertArrayEquals(new float[] {1, 1, 1}, elsewhere);
    }

    @Test
    void minNewTokensDoesNotCountThePrompt() {
        Setting setting = new Setting(3, 2, 9, Set.of(1), (_, _) -> 0.5);
        var step = new MinNewTokens().step(SamplingOptions.NONE.with("min_new_tokens", 2), setting);
        float[] early = {0, 0, 0};
        step.apply(early, new int[3], 3);
        assertArrayEquals(new float[] {0, GONE, 0}, early);
        float[] late = {0, 0, 0};
        step.apply(late, new int[4], 4);
        assertArrayEquals(new float[] {0, 0, 0}, late);
    }

    @Test
    void beginSuppressesAtTheFirstTokenAndForcesAtTheLast() {
        Setting setting = new Setting(3, 2, 5, Set.of(), (_, _) -> 0.5);
        var suppress = new BeginSuppressTokens().step(SamplingOptions.NONE.with("begin_suppress_tokens", List.of(Phrase.of(2))), setting);
        float[] logits = {0, 0, 0};
        suppress.apply(logits, new int[2], 2);
        assertArrayEquals(new float[] {0, 0, GONE}, logits);
        var force = new ForcedEnd().step(SamplingOptions.NONE.with("forced_eos_token_id", 1), setting);
        float[] last = {5, 4, 3};
        force.apply(last, new int[4], 4);
        assertArrayEquals(new float[] {GONE, 0, GONE}, last);
    }

    @Test
    void refusesPhrasesThatAreNotIdsOfTheVocabulary() {
        assertEquals("option bad_words: it must name token ids here; got the text 'x'. Give ids, or ask a task that has a tokenizer.",
            refusal(new BadWords(), "bad_words", Phrase.of("x")));
        assertEquals("option logit_bias: it must be ids of 0 to 9; got 10. Use ids of the model's own tokenizer.",
            refusal(new LogitBias(), "logit_bias", Phrase.of(10)));
        assertEquals("option suppress_tokens: it takes single tokens; got 2 tokens at once. Use sequence_bias or bad_words for several.",
            refusal(new SuppressTokens(), "suppress_tokens", Phrase.of(1, 2)));
    }

    private static String refusal(dev.transom.api.sampler.Sampler sampler, String option, Phrase phrase) {
        Setting setting = new Setting(10, 0, 10, Set.of(), (_, _) -> 0.5);
        return assertThrows(TransomException.class,
            () -> sampler.step(SamplingOptions.NONE.with(option, List.of(phrase)), setting)).getMessage();
    }
}
