package dev.transom.app.chat.internal;

import dev.transom.api.TransomException;
import dev.transom.api.application.Session;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Reads lines from a pipe or a plain terminal. */
final class LineScreen implements Screen {

    private final Session session;
    private final boolean prompts;
    private final BufferedReader lines;

    LineScreen(Session session, boolean prompts) {
        this.session = session;
        this.prompts = prompts;
        lines = new BufferedReader(new InputStreamReader(session.in(), StandardCharsets.UTF_8));
    }

    @Override
    public Optional<String> line(Prompting prompting) {
        if (prompts) {
            session.out().print(prompting.text());
            session.out().flush();
        }
        try {
            return Optional.ofNullable(lines.readLine());
        } catch (IOException unreadable) {
            throw new TransomException("stdin: the turns must be readable; " + unreadable.getMessage() + ".", unreadable);
        }
    }

    @Override
    public PrintWriter out() {
        return session.out();
    }

    @Override
    public PrintWriter remarks() {
        return session.err();
    }

    @Override
    public void onInterrupt(Runnable stop) {
        // Without a terminal of its own the process decides what Ctrl-C means.
    }

    @Override
    public void answering(boolean now) {
        // Without a terminal of its own nothing shows.
    }

    @Override
    public void close() {
        session.out().flush();
    }
}
