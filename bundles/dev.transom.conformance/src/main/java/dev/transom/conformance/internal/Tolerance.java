package dev.transom.conformance.internal;

import dev.transom.graph.HostTensor;
import java.util.List;
import java.util.Locale;

/**
 * How far float32 arithmetic may be from the oracle: {@code (16 + terms) · 2⁻²⁴ · max(1, largest expected)} for each element of a
 * tensor, where terms is the length of its longest sum. Sixteen roundings are allowed to any element, one more to each
 * term of a sum; errors count against the tensor's largest element because sums cancel.
 */
public final class Tolerance {

    private static final double ROUNDING = 0x1p-24;

    private Tolerance() {
    }

    /** Reports the worst element of {@code got} that is further from {@code want} than {@code terms} allow. */
    public static void check(String what, HostTensor want, HostTensor got, double terms, List<String> broken) {
        if (!java.util.Arrays.equals(want.shape(), got.shape())) {
            broken.add(what + " must have the shape " + java.util.Arrays.toString(want.shape()) + "; got "
                + java.util.Arrays.toString(got.shape()) + ".");
            return;
        }
        double largest = 1;
        for (double real : want.reals()) {
            largest = Double.isFinite(real) ? Math.max(largest, Math.abs(real)) : largest;
        }
        double allowed = (16 + terms) * ROUNDING * largest;
        int worst = -1;
        double difference = allowed;
        for (int i = 0; i < want.reals().length; i++) {
            double d = difference(want.reals()[i], got.reals()[i]);
            if (d > difference) {
                worst = i;
                difference = d;
            }
        }
        if (worst >= 0) {
            broken.add(String.format(Locale.ROOT,
                "%s must be the oracle's within %.1e; element %d is %.9g, the oracle has %.9g.",
                what, allowed, worst, got.reals()[worst], want.reals()[worst]));
        }
    }

    /** Reports the first element that differs in any bit. */
    public static void sameBits(String what, HostTensor one, HostTensor other, List<String> broken) {
        if (!java.util.Arrays.equals(one.shape(), other.shape())) {
            broken.add(what + ": the shapes must be the same; they are " + one + " and " + other + ".");
            return;
        }
        for (int i = 0; i < one.reals().length; i++) {
            if (Double.doubleToLongBits(one.reals()[i]) != Double.doubleToLongBits(other.reals()[i])) {
                broken.add(what + ": the bits must be the same; element " + i + " is " + one.reals()[i] + " and "
                    + other.reals()[i] + ".");
                return;
            }
        }
    }

    private static double difference(double want, double got) {
        float rounded = (float) want; // beyond float32 the infinity is right
        if (Double.compare(rounded, got) == 0 || rounded == got) {
            return 0;
        }
        double difference = Math.abs(want - got);
        return Double.isNaN(difference) ? Double.POSITIVE_INFINITY : difference;
    }
}
