package dev.transom.app.chat.internal;

import java.io.PrintWriter;
import java.util.Optional;

/** Where turns come from and answers go. */
interface Screen extends AutoCloseable {

    /** The next line, empty when there is none any more; a line that was broken off is an empty text. */
    Optional<String> line(Prompting prompting);

    /** Answers. */
    PrintWriter out();

    /** Remarks that are no part of an answer. */
    PrintWriter remarks();

    /** What Ctrl-C does while no line is read. */
    void onInterrupt(Runnable stop);

    /** Whether an answer is written now, so that keys pressed meanwhile must not show in it. */
    void answering(boolean now);

    @Override
    void close();

    /** Which line is asked for. */
    enum Prompting {
        TURN(">>> "),
        FURTHER("... ");

        private final String text;

        Prompting(String text) {
            this.text = text;
        }

        String text() {
            return text;
        }
    }
}
