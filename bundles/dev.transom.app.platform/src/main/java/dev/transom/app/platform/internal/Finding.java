package dev.transom.app.platform.internal;

/**
 * What doctor found about one thing.
 *
 * @param about for example {@code "Java"}
 * @param found for example {@code "25.0.3 (Eclipse Adoptium)"}
 * @param grade how bad it is
 * @param advice what to do, empty when all is well
 */
record Finding(String about, String found, Grade grade, String advice) {

    /** How bad a finding is. */
    enum Grade {
        /** As it should be. */
        GOOD,
        /** Works, but could be faster or more. */
        ADVICE,
        /** Does not work. */
        BAD
    }

    static Finding good(String about, String found) {
        return new Finding(about, found, Grade.GOOD, "");
    }

    static Finding advice(String about, String found, String advice) {
        return new Finding(about, found, Grade.ADVICE, advice);
    }

    static Finding bad(String about, String found, String advice) {
        return new Finding(about, found, Grade.BAD, advice);
    }
}
