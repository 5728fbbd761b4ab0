package dev.transom.api.sampler;

import java.util.Set;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * One step from logits to logits. Registered as a service; the bundle announces its name with
 * {@link dev.transom.api.capability.ProvidesSampler}.
 */
@ConsumerType
public interface Sampler {

    /** The step's name: temperature, top_k, … */
    String name();

    /** Where it stands in the usual order; lower comes first. */
    int order();

    /** Names of the options that it reads; an option that no installed sampler reads is refused, never ignored. */
    default Set<String> options() {
        return Set.of(name());
    }

    /**
     * Prepares the step for one request.
     *
     * @param setting what the request is, for steps that depend on it
     * @return the step, or null when the options make it do nothing
     * @throws dev.transom.api.TransomException for options out of range
     */
    Step step(SamplingOptions options, Setting setting);

    /**
     * What a request is, beside its options.
     *
     * @param vocabulary ids that are possible: 0 to {@code vocabulary − 1}
     * @param prompt     tokens of the history that were given, not generated
     * @param longest    tokens that prompt and answer together may have
     * @param stopIds    ids that end the answer
     * @param random     numbers for steps that need chance
     */
    record Setting(int vocabulary, int prompt, int longest, Set<Integer> stopIds, Random random) {

        /** Any id, no prompt, no end, always 0.5. */
        public static final Setting NONE = new Setting(Integer.MAX_VALUE, 0, Integer.MAX_VALUE, Set.of(), (_, _) -> 0.5);

        public Setting {
            stopIds = Set.copyOf(stopIds);
        }
    }

    /** Numbers by place, not by order of asking: the same place gives the same number, whoever else samples beside. */
    @FunctionalInterface
    interface Random {

        /**
         * A number in [0, 1).
         *
         * @param step   name of the step that asks
         * @param length tokens of the history
         */
        double at(String step, int length);
    }

    /** A prepared step; belongs to one request and may keep state. */
    @FunctionalInterface
    interface Step {

        /**
         * Changes logits in place; −∞ removes a token. Allocates nothing after the first call.
         *
         * @param logits  {@code [vocabulary]}
         * @param history ids so far, prompt included; the first {@code length} count
         */
        void apply(float[] logits, int[] history, int length);
    }
}
