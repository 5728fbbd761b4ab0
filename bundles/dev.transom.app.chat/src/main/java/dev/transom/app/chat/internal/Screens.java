package dev.transom.app.chat.internal;

import dev.transom.api.application.Session;
import java.io.IOException;

/** Opens the screen that fits the session. */
final class Screens {

    private Screens() {
    }

    /** A terminal where there is one that no other program of this process reads, else lines. */
    static Screen open(Session session) {
        if (session.interactive()) {
            try {
                return new TerminalScreen(session);
            } catch (IOException | IllegalStateException taken) {
                return new LineScreen(session, true);
            }
        }
        return new LineScreen(session, false);
    }
}
