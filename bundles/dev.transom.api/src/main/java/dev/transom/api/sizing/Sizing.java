package dev.transom.api.sizing;

import dev.transom.api.architecture.GraphRequest;
import dev.transom.api.architecture.ModelDefinition;
import dev.transom.api.backend.Plan;
import dev.transom.api.tensor.TypePlan;
import org.osgi.annotation.versioning.ProviderType;

/** Counts what a model costs from its graph, without weights. Safe for concurrent use. */
@ProviderType
public interface Sizing {

    /** Parameters and cache of a definition, exact. */
    ModelSize size(ModelDefinition definition);

    /** Memory and time of one request on a backend, beside the rule of thumb. */
    Estimate estimate(ModelDefinition definition, GraphRequest request, TypePlan types, String backend, int cachedPositions);

    /**
     * Memory of what a backend has planned already, beside the rule of thumb.
     *
     * @param backend         name of the backend that made the plan
     * @param cachedPositions positions of the key-value cache, all rows together
     */
    Estimate estimate(Plan plan, String backend, long cachedPositions);

    /**
     * Refuses what cannot fit beside what {@linkplain MemoryHolder others} hold already.
     *
     * @throws dev.transom.api.TransomException naming the shortfall in bytes and what would fit
     */
    void requireFit(String what, Estimate estimate);

    /**
     * What a configuration is made of.
     *
     * @param parameters          learned numbers; tied ones count once
     * @param cacheElements       elements that one cached position takes over all layers
     * @param flopsPerToken       multiply-adds times two of one token's forward pass in the matrices, without attention scores
     * @param flopsPerPosition    the same of attention, for each position that the token attends to
     */
    record ModelSize(long parameters, long cacheElements, double flopsPerToken, double flopsPerPosition) {
    }

    /**
     * What a request takes, in bytes.
     *
     * @param weights     parameters as stored
     * @param repacked    parameters held again in another layout
     * @param cache       key-value cache for the positions asked
     * @param activations arena
     * @param workspace   scratch
     * @param ruleLow     rule of thumb: weights times the low factor
     * @param ruleHigh    rule of thumb: weights times the high factor
     * @param available   memory of the device that is left
     */
    record Estimate(long weights, long repacked, long cache, long activations, long workspace, long ruleLow, long ruleHigh,
            long available) {

        /** All together. */
        public long total() {
            return weights + repacked + cache + activations + workspace;
        }

        public boolean fits() {
            return total() <= available;
        }

        /** Bytes that are wanting, 0 when it fits. */
        public long shortfall() {
            return Math.max(0, total() - available);
        }
    }
}
