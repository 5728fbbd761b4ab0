package dev.transom.app.inspect.internal;

import java.util.Locale;

/** Numbers for people. */
final class Figures {

    private static final String[] STEPS = {"", " k", " M", " G", " T", " P"};

    private Figures() {
    }

    /** With a comma after each three digits. */
    static String count(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }

    /** Decimal units, three digits: 12.3 MB. */
    static String bytes(long bytes) {
        return scaled(bytes) + "B";
    }

    static String flops(double flops) {
        return scaled(flops) + "FLOP";
    }

    /** Decimal units, three digits, with a space at the end where there is no unit. */
    static String scaled(double value) {
        int step = 0;
        double rest = value;
        while (rest >= 999.5 && step < STEPS.length - 1) {
            rest /= 1000;
            step++;
        }
        int decimals = step == 0 || rest >= 99.95 ? 0 : rest >= 9.995 ? 1 : 2;
        return String.format(Locale.ROOT, "%." + decimals + "f", rest) + (step == 0 ? " " : STEPS[step]);
    }
}
