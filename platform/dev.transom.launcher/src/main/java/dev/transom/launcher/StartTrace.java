package dev.transom.launcher;

import java.io.PrintStream;

/**
 * Says what start-up spends its time on, one line per step, if the property {@code transom.trace.start} holds the
 * moment when the process began, in milliseconds since 1970. The script sets it for TRANSOM_TRACE_START=1.
 */
final class StartTrace {

    private final long began;
    private final PrintStream out;
    private long last;

    private StartTrace(long began, PrintStream out) {
        this.began = began;
        this.out = out;
        this.last = began;
    }

    static StartTrace ofProcess(PrintStream out) {
        return new StartTrace(Long.getLong("transom.trace.start", 0), out);
    }

    /** Tells when a step ended and how long it took. */
    void done(String step) {
        if (began > 0) {
            long now = System.currentTimeMillis();
            out.printf("start %5d ms  +%4d ms  %s%n", now - began, now - last, step);
            last = now;
        }
    }
}
