package dev.transom.conformance.sampler;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.transom.api.TransomException;
import dev.transom.api.capability.ProvidesSampler;
import dev.transom.api.sampler.Sampler;
import dev.transom.api.sampler.SamplingOptions;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The test of the test: a good sampler passes, each sabotaged twin fails with a sentence that names the contract. */
class SamplerKitTest {

    private enum Flaw {
        NONE(""),
        MISNAMED("the class must carry @ProvidesSampler(name = \"sharper\"); it announces [sharpen]"),
        ALWAYS_ACTS("without options there must be no step"),
        RANGE_IGNORED("option sharpen = NaN must be refused or leave numbers"),
        RANGE_UNNAMED("must be refused in one line that names it"),
        WRONG_EXCEPTION("must be refused by a TransomException; it threw java.lang.IllegalArgumentException"),
        NOT_A_NUMBER("finite logits must stay numbers"),
        REMOVES_ALL("a step must leave at least one token"),
        OWN_CHANCE("the same request must give the same bits again"),
        SHARED_STATE("a request must not depend on the requests beside it"),
        WHOLE_HISTORY("ids after the history's length must not count"),
        WRITES_HISTORY("a step must not write the history"),
        ALLOCATES("a step must allocate nothing");

        private final String contract;

        Flaw(String contract) {
            this.contract = contract;
        }
    }

    @Test
    void aGoodSamplerPasses() {
        assertEquals(List.of(), broken(Flaw.NONE));
    }

    @ParameterizedTest
    @EnumSource(value = Flaw.class, mode = EnumSource.Mode.EXCLUDE, names = "NONE")
    void aSabotagedTwinFails(Flaw flaw) {
        List<String> broken = broken(flaw);
        assertTrue(broken.stream().anyMatch(sentence -> sentence.contains(flaw.contract)), flaw + ": " + broken);
    }

    private static List<String> broken(Flaw flaw) {
        return new SamplerKit(new Sharpen(flaw), SamplingOptions.NONE.with("sharpen", 2)).checks().stream()
            .flatMap(check -> check.broken().stream()).toList();
    }

    /** Multiplies all logits. */
    @ProvidesSampler(name = "sharpen")
    private static final class Sharpen implements Sampler {

        private final Flaw flaw;
        private final java.util.Random own = new java.util.Random(1);
        private float calls;
        private float[] copy = {};

        Sharpen(Flaw flaw) {
            this.flaw = flaw;
        }

        @Override
        public String name() {
            return flaw == Flaw.MISNAMED ? "sharper" : "sharpen";
        }

        @Override
        public Set<String> options() {
            return Set.of("sharpen");
        }

        @Override
        public int order() {
            return 1;
        }

        @Override
        public Step step(SamplingOptions options, Setting setting) {
            double by = options.get("sharpen", 1);
            if (flaw != Flaw.RANGE_IGNORED && !(by > 0 && by < 100)) {
                throw flaw == Flaw.WRONG_EXCEPTION ? new IllegalArgumentException("no")
                    : new TransomException(flaw == Flaw.RANGE_UNNAMED ? "no"
                        : "option sharpen: it must be between 0 and 100; got " + by + ". 1 does nothing.");
            }
            return by == 1 && flaw != Flaw.ALWAYS_ACTS ? null : (logits, history, length) -> {
                for (int i = 0; i < logits.length; i++) {
                    logits[i] *= (float) by;
                }
                sabotage(logits, history);
            };
        }

        private void sabotage(float[] logits, int[] history) {
            switch (flaw) {
                case NOT_A_NUMBER -> logits[0] = Float.NaN;
                case REMOVES_ALL -> Arrays.fill(logits, Float.NEGATIVE_INFINITY);
                case OWN_CHANCE -> logits[0] = own.nextFloat();
                case SHARED_STATE -> logits[0] += calls++;
                case WHOLE_HISTORY -> logits[0] += history[history.length - 1] + history[history.length - 2];
                case WRITES_HISTORY -> history[0] = 96;
                case ALLOCATES -> copy = logits.clone();
                default -> { }
            }
        }
    }
}
