package dev.transom.app.plugin.internal.verify;

/**
 * One thing that was found out about a jar.
 *
 * @param verdict  how bad it is
 * @param subject  what was looked at, one word: {@code imports}, {@code signature}, …
 * @param sentence cause and, where something is to be done, cure
 */
record Finding(Verdict verdict, String subject, String sentence) {

    /** From good to bad. */
    enum Verdict { OK, WARN, FAIL }

    static Finding ok(String subject, String sentence) {
        return new Finding(Verdict.OK, subject, sentence);
    }

    static Finding warn(String subject, String sentence) {
        return new Finding(Verdict.WARN, subject, sentence);
    }

    static Finding fail(String subject, String sentence) {
        return new Finding(Verdict.FAIL, subject, sentence);
    }
}
