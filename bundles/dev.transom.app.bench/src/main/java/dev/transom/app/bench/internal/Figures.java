package dev.transom.app.bench.internal;

import java.util.Locale;

/** Figures as a table shows them. */
final class Figures {

    private Figures() {
    }

    /** Median and deviation, for example {@code 216.42 ± 1.20}. */
    static String spread(double... values) {
        return String.format(Locale.ROOT, "%.2f ± %.2f", Samples.median(values), Samples.deviation(values));
    }

    /** Bytes in binary units, for example {@code 1.06 GiB}. */
    static String size(long bytes) {
        return bytes >= 1L << 30 ? String.format(Locale.ROOT, "%.2f GiB", bytes / (double) (1L << 30))
            : String.format(Locale.ROOT, "%.2f MiB", bytes / (double) (1L << 20));
    }

    /** A number of parameters, for example {@code 284.46 M}. */
    static String count(long parameters) {
        return parameters >= 1_000_000_000 ? String.format(Locale.ROOT, "%.2f B", parameters * 1e-9)
            : String.format(Locale.ROOT, "%.2f M", parameters * 1e-6);
    }

    /** Bytes in millions. */
    static String megabytes(long bytes) {
        return String.format(Locale.ROOT, "%.0f MB", bytes * 1e-6);
    }

    static String fixed(double value, int digits) {
        return String.format(Locale.ROOT, "%." + digits + "f", value);
    }
}
