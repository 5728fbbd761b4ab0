package dev.transom.engine.internal;

import dev.transom.api.architecture.ModelDefinition;
import java.util.Arrays;

/**
 * Inverse RoPE frequencies by length of row. Most models have one set for all lengths; a scaling that depends on the length has one
 * up to some length and, beyond it, another (longrope) or one for each length (dynamic). Which it is is found out once by asking.
 */
final class RopeFrequencies {

    private static final double[] NONE = {};

    private final ModelDefinition definition;
    private final double[] base;
    private final double[] beyond;
    private final int stable;

    RopeFrequencies(ModelDefinition definition, int context) {
        this.definition = definition;
        this.base = of(1);
        this.stable = lastEqual(1, context, base);
        double[] next = stable < context ? of(stable + 1) : base;
        this.beyond = Arrays.equals(next, of(context)) ? next : null;
    }

    /** Frequencies of one row, 0 without RoPE. */
    int half() {
        return base.length;
    }

    /** The longest row that still has the frequencies of the shortest. */
    int stable() {
        return stable;
    }

    /**
     * The longest row that keeps its keys while it grows: beyond it a row has other frequencies, once for all, and is read again. A scaling
     * that changes with each length turns keys as they come, as the library does, so it never ends.
     */
    int turn() {
        return beyond != null && beyond != base ? stable : Integer.MAX_VALUE;
    }

    /** Copies the frequencies for a row of {@code length} positions. */
    void copy(int length, double[] into, int at) {
        double[] source = length <= stable ? base : beyond != null ? beyond : of(length);
        System.arraycopy(source, 0, into, at, source.length);
    }

    /** The largest length up to which frequencies equal {@code wanted}; they change at most once from equal to different. */
    private int lastEqual(int low, int high, double[] wanted) {
        if (Arrays.equals(of(high), wanted)) {
            return high;
        }
        while (high - low > 1) {
            int middle = (low + high) >>> 1;
            if (Arrays.equals(of(middle), wanted)) {
                low = middle;
            } else {
                high = middle;
            }
        }
        return low;
    }

    private double[] of(int length) {
        return definition.ropeFrequencies(length).orElse(NONE);
    }
}
