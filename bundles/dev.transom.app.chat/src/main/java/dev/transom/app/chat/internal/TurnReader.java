package dev.transom.app.chat.internal;

import dev.transom.app.chat.internal.Screen.Prompting;
import java.util.Optional;

/** Puts lines together to turns: three quotation marks around several lines, or a backslash at the end of a line. */
final class TurnReader {

    private static final String QUOTES = "\"\"\"";

    private final Screen screen;

    TurnReader(Screen screen) {
        this.screen = screen;
    }

    /** The next turn without white space around it, empty at the end of the input. */
    Optional<String> next() {
        Optional<String> first = screen.line(Prompting.TURN);
        if (first.isEmpty()) {
            return first;
        }
        String line = first.get();
        if (line.stripLeading().startsWith(QUOTES)) {
            return Optional.of(quoted(line.stripLeading().substring(QUOTES.length())));
        }
        StringBuilder turn = new StringBuilder(line);
        while (turn.length() > 0 && turn.charAt(turn.length() - 1) == '\\') {
            turn.setLength(turn.length() - 1);
            Optional<String> further = screen.line(Prompting.FURTHER);
            if (further.isEmpty()) {
                break;
            }
            turn.append('\n').append(further.get());
        }
        return Optional.of(turn.toString().strip());
    }

    private String quoted(String start) {
        StringBuilder turn = new StringBuilder(start);
        for (int end = turn.indexOf(QUOTES); ; end = turn.indexOf(QUOTES)) {
            if (end >= 0) {
                return turn.substring(0, end).strip();
            }
            Optional<String> further = screen.line(Prompting.FURTHER);
            if (further.isEmpty()) {
                return turn.toString().strip();
            }
            turn.append('\n').append(further.get());
        }
    }
}
