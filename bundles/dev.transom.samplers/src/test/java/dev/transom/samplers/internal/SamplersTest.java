package dev.transom.samplers.internal;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.sun.management.ThreadMXBean;
import dev.transom.api.TransomException;
import dev.transom.api.sampler.Sampler;
import dev.transom.api.sampler.Sampler.Setting;
import dev.transom.api.sampler.SamplingOptions;
import dev.transom.api.sampler.SamplingOptions.Phrase;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SamplersTest {

    private static final float GONE = Float.NEGATIVE_INFINITY;
    private static final int[] NOTHING = {};
    private static final Setting SETTING = new Setting(5000, 2, 100, Set.of(9), (_, _) -> 0.25);

    @Test
    void topKKeepsLogitsEqualToTheKth() {
        assertArrayEquals(new float[] {2, GONE, 3, 2}, apply(new TopK(), "top_k", 2, 2, 1, 3, 2));
    }

    @Test
    void topKKeepsAsManyWhateverWayItFindsThem() {
        Random random = new Random(9);
        for (int k : new int[] {1, 7, 40, LargestOf.MOST, LargestOf.MOST + 1, 3000}) {
            float[] logits = new float[2500];
            for (int i = 0; i < logits.length; i++) {
                logits[i] = random.nextInt(5) == 0 ? GONE : (float) random.nextGaussian();
            }
            float[] sorted = logits.clone();
            Arrays.sort(sorted);
            float least = k > sorted.length ? GONE : sorted[sorted.length - k];
            float[] kept = logits.clone();
            apply(new TopK(), "top_k", k, kept);
            for (int i = 0; i < logits.length; i++) {
                assertEquals(logits[i] < least ? GONE : logits[i], kept[i]);
            }
        }
    }

    @Test
    void topPKeepsTheFirstTokenThatPassesTheMass() {
        // Probabilities 0.5, 0.25, 0.25: ascending sums 0.25, 0.5, 1; at most 0.5 go, of equal ones the higher id first.
        float half = (float) Math.log(0.5);
        float quarter = (float) Math.log(0.25);
        assertArrayEquals(new float[] {half, GONE, GONE}, apply(new TopP(), "top_p", 0.4, half, quarter, quarter));
        assertArrayEquals(new float[] {half, quarter, GONE}, apply(new TopP(), "top_p", 0.7, half, quarter, quarter));
        assertArrayEquals(new float[] {half, quarter, quarter}, apply(new TopP(), "top_p", 0.8, half, quarter, quarter));
    }

    @Test
    void topPEqualsSortingForRandomLogits() {
        Random random = new Random(5);
        for (int round = 0; round < 200; round++) {
            int size = 1 + random.nextInt(300);
            float[] logits = new float[size];
            for (int i = 0; i < size; i++) {
                logits[i] = (float) (random.nextGaussian() * 3);
            }
            double mass = random.nextDouble();
            int keep = 1 + random.nextInt(Math.min(size, 5));
            float[] sorted = sortedTopP(logits, mass, keep);
            new TopP().step(SamplingOptions.NONE.with("top_p", mass).with("min_tokens_to_keep", keep), Setting.NONE).apply(logits, NOTHING, 0);
            assertArrayEquals(sorted, logits);
        }
    }

    private static float[] sortedTopP(float[] logits, double mass, int keep) {
        float largest = 0;
        Integer[] ids = new Integer[logits.length];
        for (int i = 0; i < ids.length; i++) {
            ids[i] = i;
            largest = Math.max(largest, logits[i]);
        }
        Arrays.sort(ids, (a, b) -> Float.compare(logits[a], logits[b]));
        double sum = 0;
        for (float logit : logits) {
            sum += Math.exp((double) logit - largest);
        }
        float[] kept = logits.clone();
        double below = 0;
        for (int i = 0; i < ids.length - keep; i++) {
            below += Math.exp((double) logits[ids[i]] - largest) / sum;
            if (below <= 1 - mass) {
                kept[ids[i]] = GONE;
            }
        }
        return kept;
    }

    @Test
    void repetitionPenaltyCountsARepeatedTokenOnce() {
        float[] logits = {2, -2, 5};
        new RepetitionPenalty().step(SamplingOptions.NONE.with("repetition_penalty", 2), Setting.NONE).apply(logits, new int[] {0, 1, 0, 1, 2}, 4);
        assertArrayEquals(new float[] {1, -4, 5}, logits);
    }

    @Test
    void stepsThatWouldDoNothingAreLeftOut() {
        for (Sampler sampler : all()) {
            assertNull(sampler.step(SamplingOptions.NONE, Setting.NONE), sampler.name());
        }
        SamplingOptions greedy = SamplingOptions.GREEDY.with("top_k", 3).with("top_p", 0.5).with("min_p", 0.1);
        for (Sampler sampler : all()) {
            assertNull(sampler.step(greedy, Setting.NONE), sampler.name());
        }
    }

    @Test
    void refusesOptionsOutOfRangeInOneSentence() {
        assertEquals("option top_p: it must be between 0 and 1; got 1.5. 1 keeps all tokens.", refusal(new TopP(), "top_p", 1.5));
        assertEquals("option top_k: it must be a whole number of at least 0; got -3. 0 keeps all tokens.",
            refusal(new TopK(), "top_k", -3));
        assertEquals("option temperature: it must be 0 or more; got NaN. 0 takes the most likely token, 1 leaves the model's "
            + "distribution.", refusal(new Temperature(), "temperature", Double.NaN));
        assertEquals("option min_p: it must be between 0 and 1; got -0.5. 0 keeps all tokens.", refusal(new MinP(), "min_p", -0.5));
        assertEquals("option repetition_penalty: it must be more than 0; got 0. 1 does nothing.",
            refusal(new RepetitionPenalty(), "repetition_penalty", 0));
    }

    @Test
    void allocateNothingAfterTheFirstCall() {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        SamplingOptions options = SamplingOptions.NONE.with("temperature", 0.8).with("top_k", 500).with("top_p", 0.99)
            .with("min_p", 0.001).with("repetition_penalty", 1.1).with("frequency_penalty", 0.1).with("presence_penalty", 0.1)
            .with("typical_p", 0.99).with("epsilon_cutoff", 1e-4).with("eta_cutoff", 1e-4).with("top_n_sigma", 5)
            .with("xtc_probability", 0.9).with("xtc_threshold", 0.01).with("mirostat", 2).with("renormalize_logits", 1)
            .with("dry_multiplier", 0.8).with("no_repeat_ngram_size", 3).with("min_new_tokens", 20).with("dynatemp_range", 0.3)
            .with("logit_bias", List.of(new Phrase("", List.of(7), 1.5))).with("bad_words", List.of(Phrase.of(1, 2)))
            .with("suppress_tokens", List.of(Phrase.of(3))).with("dry_breakers", List.of(Phrase.of(4000)));
        List<Sampler.Step> steps = all().stream().map(sampler -> sampler.step(options, SETTING)).filter(Objects::nonNull).toList();
        Sampler.Step[] chain = steps.toArray(Sampler.Step[]::new);
        float[] logits = new float[5000];
        float[] fresh = new float[5000];
        Random random = new Random(1);
        for (int i = 0; i < fresh.length; i++) {
            fresh[i] = (float) random.nextGaussian();
        }
        int[] history = {1, 2, 3, 4, 5, 1, 2, 3, 4, 5};
        assertEquals(20, chain.length);
        long allocated = 0;
        for (int round = 0; round < 50; round++) {
            long before = threads.getCurrentThreadAllocatedBytes();
            System.arraycopy(fresh, 0, logits, 0, fresh.length);
            for (Sampler.Step step : chain) {
                step.apply(logits, history, history.length);
            }
            allocated = threads.getCurrentThreadAllocatedBytes() - before;
        }
        assertEquals(0, allocated);
    }

    static List<Sampler> all() {
        return List.of(new SequenceBias(), new LogitBias(), new RepetitionPenalty(), new FrequencyPenalty(), new PresencePenalty(),
            new Dry(), new NoRepeatNgram(), new BadWords(), new MinLength(), new MinNewTokens(), new ForcedBegin(), new ForcedEnd(),
            new ExponentialDecay(), new SuppressTokens(), new BeginSuppressTokens(), new Temperature(), new TopNSigma(), new TopK(),
            new TopP(), new MinP(), new TypicalP(), new EpsilonCutoff(), new EtaCutoff(), new Xtc(), new Mirostat(),
            new RenormalizeLogits());
    }

    private static float[] apply(Sampler sampler, String option, double value, float... logits) {
        sampler.step(SamplingOptions.NONE.with(option, value), Setting.NONE).apply(logits, NOTHING, 0);
        return logits;
    }

    private static String refusal(Sampler sampler, String option, double value) {
        return assertThrows(TransomException.class, () -> sampler.step(SamplingOptions.NONE.with(option, value), Setting.NONE)).getMessage();
    }
}
