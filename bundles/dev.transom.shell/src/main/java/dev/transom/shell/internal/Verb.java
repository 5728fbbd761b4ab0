package dev.transom.shell.internal;

import dev.transom.api.application.Session;
import java.util.List;

/**
 * A word of the shell that controls bundles.
 *
 * @param usage   how it is written
 * @param summary what it does, one sentence
 * @param example one line that works
 * @param action  does it
 */
record Verb(String usage, String summary, String example, Action action) {

    /** What a verb does with the words behind it; returns sentences for the user. */
    interface Action {
        List<String> act(List<String> words, Session session);
    }

    String help() {
        String line = System.lineSeparator();
        return "Usage: " + usage + line + summary + line
                + "BUNDLE is a name or the end of one, name:version or a number; JAR is a path." + line + "Example: " + example;
    }

    List<String> act(List<String> words, Session session) {
        return action.act(words, session);
    }
}
