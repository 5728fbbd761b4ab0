package dev.transom.app.chat.internal;

import dev.transom.api.application.Session;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Optional;
import org.jline.reader.EndOfFileException;
import org.jline.reader.LineReader;
import org.jline.reader.LineReaderBuilder;
import org.jline.reader.UserInterruptException;
import org.jline.reader.impl.completer.StringsCompleter;
import org.jline.terminal.Terminal;
import org.jline.terminal.TerminalBuilder;

/** A terminal with editing and history. */
final class TerminalScreen implements Screen {

    private final Terminal terminal;
    private final LineReader reader;

    TerminalScreen(Session session) throws IOException {
        terminal = terminal();
        reader = LineReaderBuilder.builder()
            .terminal(terminal)
            .appName("transom")
            .completer(new StringsCompleter(Commands.NAMES))
            // An exclamation mark is no event of a history here.
            .option(LineReader.Option.DISABLE_EVENT_EXPANSION, true)
            .option(LineReader.Option.INSERT_TAB, true)
            .variable(LineReader.HISTORY_FILE, Path.of(System.getProperty("user.home"), ".transom", "chat_history"))
            .build();
    }

    /** JLine looks for its providers through the thread's class loader. The ffm one needs no JNI library, which would pin it. */
    private static Terminal terminal() throws IOException {
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        thread.setContextClassLoader(TerminalBuilder.class.getClassLoader());
        try {
            return TerminalBuilder.builder().system(true).providers("ffm,exec").build();
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    @Override
    public Optional<String> line(Prompting prompting) {
        try {
            return Optional.of(reader.readLine(prompting.text()));
        } catch (UserInterruptException brokenOff) {
            return Optional.of("");
        } catch (EndOfFileException controlD) {
            return Optional.empty();
        } finally {
            // JLine tells of Ctrl-C by an interrupt; one that came too late belongs to the line that is over.
            Thread.interrupted();
        }
    }

    @Override
    public PrintWriter out() {
        return terminal.writer();
    }

    @Override
    public PrintWriter remarks() {
        return terminal.writer();
    }

    @Override
    public void onInterrupt(Runnable stop) {
        terminal.handle(Terminal.Signal.INT, _ -> stop.run());
    }

    @Override
    public void answering(boolean now) {
        terminal.echo(!now);
    }

    @Override
    public void close() {
        try {
            reader.getHistory().save();
        } catch (IOException unsaved) {
            terminal.writer().println("The history could not be saved: " + unsaved.getMessage() + ".");
        }
        try {
            terminal.close();
        } catch (IOException unclosed) {
            throw new UncheckedIOException(unclosed);
        }
    }
}
