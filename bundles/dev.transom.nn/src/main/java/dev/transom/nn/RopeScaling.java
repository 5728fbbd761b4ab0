package dev.transom.nn;

import java.util.List;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * How RoPE's inverse frequencies are changed so that a model reads longer rows than it was trained on. Implemented by records.
 */
@ConsumerType
public interface RopeScaling {

    /**
     * Inverse frequencies {@code [dim / 2]} for rows of {@code length} positions.
     *
     * @param length matters only to scalings that depend on it
     */
    double[] frequencies(int dim, double theta, int length);

    /** Factor of cosines and sines, which sharpens attention. */
    default double attentionFactor() {
        return 1;
    }

    /** Positions of the longest row, for a model that was given {@code positions}. */
    default int longest(int positions) {
        return positions;
    }

    /** How it is appended to RoPE's name; empty without scaling. */
    String label();

    /** theta^(−2i/dim). */
    static double[] plain(int dim, double theta) {
        double[] frequencies = new double[dim / 2];
        for (int i = 0; i < frequencies.length; i++) {
            frequencies[i] = Math.pow(theta, -2.0 * i / dim);
        }
        return frequencies;
    }

    /** Frequencies as they are. */
    record None() implements RopeScaling {
        @Override
        public double[] frequencies(int dim, double theta, int length) {
            return plain(dim, theta);
        }

        @Override
        public String label() {
            return "";
        }
    }

    /** Positions shrink by a factor. Chen et al. 2023, "Position interpolation". */
    record Linear(double factor) implements RopeScaling {
        @Override
        public double[] frequencies(int dim, double theta, int length) {
            double[] frequencies = plain(dim, theta);
            for (int i = 0; i < frequencies.length; i++) {
                frequencies[i] /= factor;
            }
            return frequencies;
        }

        @Override
        public String label() {
            return " (linear)";
        }
    }

    /**
     * Theta grows with rows longer than {@code original}: theta·(factor·length/original − (factor − 1))^(dim/(dim − 2));
     * NTK-aware scaling.
     */
    record Dynamic(double factor, int original) implements RopeScaling {

        /** Theta follows a row of any length; this is where it ends here. */
        private static final int LONGEST = 1 << 20;

        @Override
        public double[] frequencies(int dim, double theta, int length) {
            double longest = Math.max(length, original);
            double growth = factor * longest / original - (factor - 1);
            return plain(dim, theta * Math.pow(growth, dim / (dim - 2.0)));
        }

        @Override
        public int longest(int positions) {
            return Math.max(positions, LONGEST);
        }

        @Override
        public String label() {
            return " (dynamic)";
        }
    }

    /**
     * Llama 3.1: wavelengths below {@code original/high} stay, those above {@code original/low} are scaled by 1/factor, those
     * between are interpolated.
     */
    record Llama3(double factor, double low, double high, int original) implements RopeScaling {
        @Override
        public double[] frequencies(int dim, double theta, int length) {
            double[] frequencies = plain(dim, theta);
            for (int i = 0; i < frequencies.length; i++) {
                double turns = original * frequencies[i] / (2 * Math.PI);
                double kept = Math.clamp((turns - low) / (high - low), 0, 1);
                frequencies[i] = kept * frequencies[i] + (1 - kept) * frequencies[i] / factor;
            }
            return frequencies;
        }

        @Override
        public String label() {
            return " (llama3)";
        }
    }

    /**
     * Peng et al. 2023, "YaRN": dimensions that turn often over {@code original} positions stay, those that turn rarely are
     * scaled by 1/factor, with a ramp between; attention is sharpened.
     *
     * @param fast            turns above which a dimension stays
     * @param slow            turns below which it is scaled
     * @param attentionFactor factor of cosines and sines, see {@link #attentionFactor(double)}
     * @param truncate        whether the ramp begins and ends at whole dimensions
     */
    record Yarn(double factor, int original, double fast, double slow, double attentionFactor, boolean truncate)
            implements RopeScaling {

        /** The paper's 0.1·ln(factor) + 1. */
        public static double attentionFactor(double factor) {
            return attentionFactor(factor, 1);
        }

        /** 0.1·mscale·ln(factor) + 1; 1 where the factor does not lengthen. */
        public static double attentionFactor(double factor, double mscale) {
            return factor <= 1 ? 1 : 0.1 * mscale * Math.log(factor) + 1;
        }

        @Override
        public double[] frequencies(int dim, double theta, int length) {
            double low = turning(fast, dim, theta);
            double high = turning(slow, dim, theta);
            if (truncate) {
                low = Math.floor(low);
                high = Math.ceil(high);
            }
            low = Math.max(low, 0);
            high = Math.min(high, dim - 1);
            double width = high == low ? 0.001 : high - low;
            double[] frequencies = plain(dim, theta);
            for (int i = 0; i < frequencies.length; i++) {
                double scaled = Math.clamp((i - low) / width, 0, 1);
                frequencies[i] = scaled * frequencies[i] / factor + (1 - scaled) * frequencies[i];
            }
            return frequencies;
        }

        /** The dimension that makes {@code turns} turns over {@code original} positions. */
        private double turning(double turns, int dim, double theta) {
            return dim * Math.log(original / (turns * 2 * Math.PI)) / (2 * Math.log(theta));
        }

        @Override
        public String label() {
            return " (yarn)";
        }
    }

    /** A divisor for each frequency, whatever the row: what GGUF files hold of Llama 3's scaling ({@code rope_freqs.weight}). */
    record Divided(List<Double> divisors) implements RopeScaling {

        public Divided {
            divisors = List.copyOf(divisors);
        }

        @Override
        public double[] frequencies(int dim, double theta, int length) {
            double[] frequencies = plain(dim, theta);
            for (int i = 0; i < frequencies.length; i++) {
                frequencies[i] /= divisors.get(i);
            }
            return frequencies;
        }

        @Override
        public String label() {
            return " (divided)";
        }
    }

    /**
     * Ding et al. 2024, "LongRoPE": a divisor for each dimension, one list up to {@code original} positions and one beyond.
     *
     * @param attentionFactor factor of cosines and sines, for rows of any length
     */
    record LongRope(List<Double> shortDivisors, List<Double> longDivisors, int original, double attentionFactor)
            implements RopeScaling {

        public LongRope {
            shortDivisors = List.copyOf(shortDivisors);
            longDivisors = List.copyOf(longDivisors);
        }

        @Override
        public double[] frequencies(int dim, double theta, int length) {
            List<Double> divisors = length > original ? longDivisors : shortDivisors;
            double[] frequencies = plain(dim, theta);
            for (int i = 0; i < frequencies.length; i++) {
                frequencies[i] /= divisors.get(i);
            }
            return frequencies;
        }

        @Override
        public String label() {
            return " (longrope)";
        }
    }
}
