package dev.transom.api.backend;

/**
 * How a graph is to be run.
 *
 * @param numerics exact or fast
 * @param float64  compute in float64; only the oracle can
 * @param threads  threads, 0 for as many as there are cores
 */
public record PlanOptions(Numerics numerics, boolean float64, int threads) {

    public static final PlanOptions EXACT = new PlanOptions(Numerics.EXACT, false, 0);

    public PlanOptions withThreads(int count) {
        return new PlanOptions(numerics, float64, count);
    }

    /** Which approximations are allowed. */
    public enum Numerics {
        /** F32 from dequantised weights; a row's results do not depend on other rows of the batch. */
        EXACT,
        /** int8 activations and approximations within a stated bound. */
        FAST
    }
}
