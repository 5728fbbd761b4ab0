package dev.transom.tokenizers.internal.format;

/**
 * Reads a decimal number as {@code serde_json} does: all digits as one integer, times or divided by a power of ten. The
 * last bit may differ from the nearest double; a Unigram model whose scores tie to the last bit is cut by it, so the
 * nearest double would cut some texts otherwise than the library that trained it.
 */
final class DecimalNumber {

    /** Exactly the doubles nearest to the powers of ten. */
    private static final double[] POWERS = powers();

    private DecimalNumber() {}

    private static double[] powers() {
        double[] powers = new double[309];
        for (int i = 0; i < powers.length; i++) {
            powers[i] = Double.parseDouble("1e" + i);
        }
        return powers;
    }

    /** @param text a number of JSON */
    static double parse(String text) {
        long significand = 0;
        int exponent = 0;
        boolean full = false;
        boolean fraction = false;
        int at = text.startsWith("-") ? 1 : 0;
        for (; at < text.length() && "eE".indexOf(text.charAt(at)) < 0; at++) {
            char c = text.charAt(at);
            if (c == '.') {
                fraction = true;
                continue;
            }
            full |= overflows(significand, c - '0');
            if (!full) {
                significand = significand * 10 + (c - '0');
                exponent -= fraction ? 1 : 0;
            } else {
                exponent += fraction ? 0 : 1;
            }
        }
        exponent = Math.clamp((long) exponent + exponent(text, at), -1_000_000, 1_000_000);
        double value = scaled(unsigned(significand), exponent);
        return text.startsWith("-") ? -value : value;
    }

    /** Whether ten times the number plus the digit needs more than 64 bits. */
    private static boolean overflows(long significand, int digit) {
        long limit = Long.divideUnsigned(-1, 10);
        int last = (int) Long.remainderUnsigned(-1, 10);
        int order = Long.compareUnsigned(significand, limit);
        return order > 0 || order == 0 && digit > last;
    }

    /** The number behind the letter e, bounded; 0 without one. */
    private static int exponent(String text, int at) {
        if (at >= text.length()) {
            return 0;
        }
        String digits = text.substring(at + 1);
        String plain = digits.startsWith("+") || digits.startsWith("-") ? digits.substring(1) : digits;
        int value = plain.length() > 6 ? 1_000_000 : Integer.parseInt(plain);
        return digits.startsWith("-") ? -value : value;
    }

    private static double unsigned(long bits) {
        return bits >= 0 ? bits : 2.0 * (bits >>> 1 | bits & 1);
    }

    private static double scaled(double significand, int exponent) {
        double value = significand;
        int left = exponent;
        while (left < -308 && value != 0) {
            value /= POWERS[308];
            left += 308;
        }
        if (value == 0 || left > 308) {
            return value == 0 ? 0 : Double.POSITIVE_INFINITY;
        }
        return left < 0 ? value / POWERS[-left] : value * POWERS[left];
    }
}
