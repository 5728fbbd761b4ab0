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
     * @return the step, or null when the options make it do nothing
     * @throws dev.transom.api.TransomException for options out of range
     */
    Step step(SamplingOptions options);

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
