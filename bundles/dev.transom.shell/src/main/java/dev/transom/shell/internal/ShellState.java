package dev.transom.shell.internal;

import java.io.PrintStream;
import org.apache.felix.service.command.CommandSession;

/** What one shell remembers between lines: kept in Gogo's session, because its functions are shared by all shells. */
final class ShellState {

    private static final String KEY = ".transom.shell";

    private int status;
    private boolean ended;
    private boolean interactive;
    private boolean ansi;
    private int columns = 80;
    private PrintStream errors = System.err;

    private ShellState() {}

    static ShellState of(CommandSession gogo) {
        if (gogo.get(KEY) instanceof ShellState known) {
            return known;
        }
        ShellState fresh = new ShellState();
        gogo.put(KEY, fresh);
        return fresh;
    }

    ShellState onTerminal(boolean colours, int width) {
        interactive = true;
        ansi = colours;
        columns = width > 0 ? width : columns;
        return this;
    }

    ShellState errors(PrintStream stream) {
        errors = stream;
        return this;
    }

    /** Gogo does not tell a session's error stream outside a running command. */
    PrintStream errors() {
        return errors;
    }

    synchronized void status(int code) {
        status = code;
    }

    synchronized int status() {
        return status;
    }

    synchronized void end(int code) {
        status = code;
        ended = true;
    }

    synchronized boolean ended() {
        return ended;
    }

    boolean interactive() {
        return interactive;
    }

    boolean ansi() {
        return ansi;
    }

    int columns() {
        return columns;
    }
}
