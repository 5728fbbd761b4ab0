package dev.transom.app.run.internal;

/**
 * What a step came to.
 *
 * @param items    lines of its input
 * @param before   lines that an earlier run had answered
 * @param failures lines that could not be answered, earlier runs included
 * @param tokens   tokens that this run made
 * @param seconds  time of this run, loading included
 */
record Tally(String step, long items, long before, long failures, long tokens, double seconds) {

    double tokensPerSecond() {
        return tokens / Math.max(1e-9, seconds);
    }
}
