package dev.transom.conformance.sampler;

import dev.transom.api.TransomException;
import dev.transom.api.capability.ProvidesSampler;
import dev.transom.api.sampler.Sampler;
import dev.transom.api.sampler.Sampler.Step;
import dev.transom.api.sampler.SamplingOptions;
import dev.transom.conformance.Check;
import dev.transom.conformance.internal.Announcement;
import java.util.Arrays;
import java.util.List;

/**
 * Checks one sampler: its name is announced, no option makes no step, options out of range are refused in a sentence, finite logits
 * stay numbers and leave a token, equal requests give equal bits whatever other requests do beside them, only the row's own history
 * counts, and a step allocates nothing after its first calls.
 *
 * <pre>{@code
 * @TestFactory
 * Stream<DynamicTest> conforms() {
 *     return new SamplerKit(new TopK(), SamplingOptions.NONE.with("top_k", 3)).checks().stream()
 *         .map(check -> dynamicTest(check.name(), () -> assertEquals(List.of(), check.broken())));
 * }
 * }</pre>
 */
public final class SamplerKit {

    private static final double[] ODD = {Double.NaN, Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY, -1e9, -0.5, 0.5, 1e9};

    private final Sampler sampler;
    private final SamplingOptions options;

    /** @param options with which the sampler makes a step */
    public SamplerKit(Sampler sampler, SamplingOptions options) {
        this.sampler = sampler;
        this.options = options;
    }

    /** All checks, none run yet. */
    public List<Check> checks() {
        String name = sampler.name();
        return List.of(
            new Check(name + " is announced", broken -> Announcement.check(sampler, name, ProvidesSampler.class, broken)),
            new Check(name + " makes no step without options", this::nothing),
            new Check(name + " refuses options in a sentence", this::ranges),
            new Check(name + " keeps logits numbers", this::numbers),
            new Check(name + " gives the same bits again", this::repeated),
            new Check(name + " keeps requests apart", this::apart),
            new Check(name + " reads only the row's history", this::history),
            new Check(name + " allocates nothing", this::allocation));
    }

    private void nothing(List<String> broken) {
        if (sampler.step(SamplingOptions.NONE, Rows.setting(1)) != null) {
            broken.add("without options there must be no step (null); there is one.");
        }
        if (sampler.step(options, Rows.setting(1)) == null) {
            broken.add("with the kit's options there must be a step; there is none.");
        }
    }

    private void ranges(List<String> broken) {
        for (String option : sampler.options()) {
            for (double value : ODD) {
                String what = "option " + option + " = " + value;
                try {
                    Step step = sampler.step(options.with(option, value), Rows.setting(1));
                    if (step != null) {
                        float[] logits = Rows.logits(1);
                        step.apply(logits, Rows.history(1), Rows.LENGTH);
                        Rows.numbers(what + " must be refused or leave numbers", logits, broken);
                    }
                } catch (TransomException refusal) {
                    if (!refusal.getMessage().contains(option) || !refusal.getMessage().endsWith(".")
                        || refusal.getMessage().contains("\n")) {
                        broken.add(what + " must be refused in one line that names it; it said: " + refusal.getMessage());
                    }
                } catch (RuntimeException thrown) {
                    broken.add(what + " must be refused by a TransomException; it threw " + thrown + ".");
                }
            }
        }
    }

    private void numbers(List<String> broken) {
        for (int seed = 0; seed < 8; seed++) {
            float[] logits = Rows.logits(seed);
            step(seed).apply(logits, Rows.history(seed), Rows.LENGTH);
            Rows.numbers("finite logits must stay numbers", logits, broken);
            Rows.someLeft(logits, broken);
            float[] sparse = Rows.logits(seed);
            Arrays.fill(sparse, sparse.length / 4, sparse.length, Float.NEGATIVE_INFINITY);
            step(seed).apply(sparse, Rows.history(seed), Rows.LENGTH);
            Rows.numbers("logits with removed tokens must stay numbers", sparse, broken);
        }
    }

    private void repeated(List<String> broken) {
        float[][] first = Rows.run(step(3), 3);
        for (int round = 0; round < 5; round++) {
            Rows.same("the same request must give the same bits again", first, Rows.run(step(3), 3), broken);
        }
    }

    /** Steps of two requests in turns, either first, and then one after the other. */
    private void apart(List<String> broken) {
        float[][] alone = Rows.run(step(4), 4);
        Step other = step(5);
        Step mine = step(4);
        float[][] beside = new float[Rows.STEPS][];
        for (int i = 0; i < Rows.STEPS; i++) {
            other.apply(Rows.logits(50 + i), Rows.history(5), Rows.LENGTH + i);
            beside[i] = Rows.logits(4 + i);
            mine.apply(beside[i], Rows.history(4), Rows.LENGTH + i);
        }
        Rows.same("a request must not depend on the requests beside it", alone, beside, broken);
    }

    private void history(List<String> broken) {
        int[] history = Rows.history(6);
        int[] other = history.clone();
        Arrays.fill(other, Rows.LENGTH, other.length, 1);
        int[] kept = other.clone();
        float[] want = Rows.logits(6);
        float[] got = want.clone();
        step(6).apply(want, history, Rows.LENGTH);
        step(6).apply(got, other, Rows.LENGTH);
        Rows.same("ids after the history's length must not count", new float[][] {want}, new float[][] {got}, broken);
        if (!Arrays.equals(kept, other)) {
            broken.add("a step must not write the history; it did.");
        }
    }

    private void allocation(List<String> broken) {
        long bytes = Rows.allocatedByOneCall(step(7));
        if (bytes > 0) {
            broken.add("a step must allocate nothing after its first calls; it allocates " + bytes + " bytes in each.");
        }
    }

    private Step step(int seed) {
        Step step = sampler.step(options, Rows.setting(seed));
        if (step == null) {
            throw new IllegalStateException("the kit's options make no step; give options with which " + sampler.name() + " acts");
        }
        return step;
    }
}
