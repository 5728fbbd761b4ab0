package dev.transom.chat.internal.jinja;

/**
 * Bounds one rendering: steps, and characters and elements that it makes. A template comes from anyone, so it may neither hang
 * nor fill the memory.
 */
final class Budget {

    private static final long STEPS = 2_000_000;
    private static final long SIZE = 4_000_000;
    /** How often a template may copy what it is given. */
    private static final long COPIES = 64;
    private static final int DEPTH = 400;

    private long steps;
    private long size;
    private int depth;
    private int line = 1;

    /** @param input characters of the conversation */
    Budget(long input) {
        steps = STEPS + COPIES * input;
        size = SIZE + COPIES * input;
    }

    void step(int at) {
        line = at;
        spend(1);
    }

    void spend(long count) {
        steps -= count;
        if (steps < 0) {
            throw new JinjaException(line, "a template must come to an end; it takes too many steps");
        }
    }

    /** Asks before something of this many characters or elements is made. */
    void make(long count) {
        size -= count;
        if (size < 0) {
            throw new JinjaException(line, "a template must not make texts and lists without bound; it makes too many");
        }
    }

    void enter(int at) {
        step(at);
        if (++depth > DEPTH) {
            throw new JinjaException(at, "macros and expressions must not nest deeper than " + DEPTH + " levels; they do");
        }
    }

    void leave() {
        depth--;
    }

    int line() {
        return line;
    }

    JinjaException refusal(String cause) {
        return new JinjaException(line, cause);
    }
}
