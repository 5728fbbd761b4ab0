package dev.transom.shell.internal;

import dev.transom.api.application.Session;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.apache.felix.service.command.CommandProcessor;
import org.apache.felix.service.command.CommandSession;
import org.apache.felix.service.command.Job;
import org.jline.reader.EndOfFileException;
import org.jline.reader.LineReader;
import org.jline.reader.LineReaderBuilder;
import org.jline.reader.UserInterruptException;
import org.jline.reader.impl.completer.StringsCompleter;
import org.jline.terminal.Terminal;
import org.jline.terminal.TerminalBuilder;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Reads lines and lets Gogo run them: from a terminal with editing and history, from a pipe line by line. */
@Command(
        name = "shell",
        description = {
            "Opens a shell: all commands, and start, stop, install, update, uninstall for bundles.",
            "Reads a script from the input if that is not a terminal; ends with the exit code of the last command."
        },
        footer = {"", "Example: printf 'bundles\\nexit\\n' | transom shell"})
final class ShellCommand implements Callable<Integer> {

    private static final String PROMPT = "transom> ";

    private final Session session;
    private final CommandProcessor processor;
    private final ShellFunctions functions;

    @Parameters(arity = "0..*", paramLabel = "WORD", description = "One line to run instead of reading lines.")
    private String[] words = {};

    ShellCommand(Session session, CommandProcessor processor, ShellFunctions functions) {
        this.session = session;
        this.processor = processor;
        this.functions = functions;
    }

    @Override
    public Integer call() throws IOException {
        if (session.interactive() && words.length == 0) {
            return converse();
        }
        try (CommandSession gogo = open(session.out(), session.err())) {
            return words.length > 0 ? once(gogo) : script(gogo);
        }
    }

    private int once(CommandSession gogo) {
        ShellState state = ShellState.of(gogo);
        run(gogo, state, String.join(" ", words));
        return state.status();
    }

    private int script(CommandSession gogo) throws IOException {
        ShellState state = ShellState.of(gogo);
        var lines = new BufferedReader(new InputStreamReader(session.in(), StandardCharsets.UTF_8));
        for (String line = lines.readLine(); line != null && !state.ended(); line = lines.readLine()) {
            run(gogo, state, line);
        }
        return state.status();
    }

    private int converse() throws IOException {
        try (Terminal terminal = terminal();
                CommandSession gogo = open(terminal.writer(), terminal.writer())) {
            ShellState state = ShellState.of(gogo).onTerminal(session.ansi(), terminal.getWidth());
            LineReader reader = LineReaderBuilder.builder()
                    .terminal(terminal)
                    .appName("transom")
                    .completer(new StringsCompleter(functions::names))
                    .variable(LineReader.HISTORY_FILE, Path.of(System.getProperty("user.home"), ".transom", "history"))
                    .build();
            terminal.handle(Terminal.Signal.INT, signal -> interrupt(gogo));
            terminal.writer().println("Type help for the commands, exit to leave.");
            while (!state.ended()) {
                try {
                    run(gogo, state, reader.readLine(PROMPT));
                } catch (UserInterruptException discardsTheLine) {
                    continue;
                } catch (EndOfFileException controlD) {
                    break;
                }
            }
            return state.status();
        }
    }

    /** Gogo runs a line in threads of its own. */
    private static void interrupt(CommandSession gogo) {
        Job running = gogo.foregroundJob();
        if (running != null) {
            running.interrupt();
        }
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

    private void run(CommandSession gogo, ShellState state, String line) {
        String text = line.strip();
        if (text.isEmpty() || text.startsWith("#")) {
            return;
        }
        try {
            Object result = gogo.execute(text);
            if (result != null) {
                gogo.getConsole().println(gogo.format(result, 0));
            }
        } catch (Exception failure) {
            functions.tell(gogo, text, failure);
        }
        gogo.getConsole().flush();
        // An interrupt that came too late belongs to the command that is over.
        Thread.interrupted();
    }

    private CommandSession open(PrintWriter out, PrintWriter err) {
        PrintStream errors = stream(err);
        CommandSession gogo = processor.createSession(session.in(), stream(out), errors);
        ShellState.of(gogo).errors(errors);
        gogo.currentDir(session.workingDirectory());
        gogo.put("SCOPE", "transom:*");
        // Words such as F* or a?b in a prompt are text, not files.
        gogo.put(CommandSession.OPTION_NO_GLOB, true);
        return gogo;
    }

    /** Gogo wants byte streams; the session has writers. */
    private static PrintStream stream(PrintWriter writer) {
        return new PrintStream(new WriterStream(writer), true, StandardCharsets.UTF_8);
    }

    private static final class WriterStream extends OutputStream {

        private final PrintWriter writer;
        private final Utf8Pieces pieces = new Utf8Pieces();

        WriterStream(PrintWriter writer) {
            this.writer = writer;
        }

        @Override
        public synchronized void write(int single) {
            write(new byte[] {(byte) single}, 0, 1);
        }

        @Override
        public synchronized void write(byte[] bytes, int from, int count) {
            writer.write(pieces.decode(bytes, from, count));
        }

        @Override
        public synchronized void flush() {
            writer.flush();
        }
    }
}
