package dev.transom.app.chat.internal;

import dev.transom.api.TransomException;
import dev.transom.api.application.Session;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** What lines that start with a slash do; other lines are the user's message. */
final class Commands {

    static final List<String> NAMES = List.of("/help", "/reset", "/system", "/save", "/load", "/set", "/result", "/exit");

    private static final List<String> HELP = List.of(
        "/reset                start anew, with the same system message",
        "/system [TEXT]        show or replace the system message; the conversation starts anew",
        "/set [OPTION VALUE]   show or change temperature, top_k, top_p, min_p, repetition_penalty, …, seed, max_tokens, stats on|off",
        "/result TEXT          give what a called function answered",
        "/save FILE            write the conversation as JSON",
        "/load FILE            go on with a saved conversation",
        "/exit                 leave, as Ctrl-D does",
        "\"\"\" begins and ends several lines; a backslash at the end of a line goes on; Ctrl-C stops an answer");

    /** What is to happen next. */
    enum Outcome {
        ANSWER,
        NEXT,
        END
    }

    private final Session session;
    private final Dialogue dialogue;
    private final Settings settings;
    private final PrintWriter remarks;

    Commands(Session session, Dialogue dialogue, Settings settings, PrintWriter remarks) {
        this.session = session;
        this.dialogue = dialogue;
        this.settings = settings;
        this.remarks = remarks;
    }

    Outcome take(String turn) {
        String[] words = turn.split("\\s+", 2);
        String rest = words.length > 1 ? words[1].strip() : "";
        if (!turn.startsWith("/") || words[0].indexOf('/', 1) > 0) {
            dialogue.user(turn);
            return Outcome.ANSWER;
        }
        switch (words[0]) {
            case "/help", "/?" -> HELP.forEach(remarks::println);
            case "/reset" -> {
                dialogue.reset();
                remarks.println("The conversation starts anew.");
            }
            case "/system" -> system(rest);
            case "/set" -> set(rest);
            case "/save" -> remarks.println("Saved to " + DialogueFile.save(path("/save", rest), dialogue) + ".");
            case "/load" -> {
                DialogueFile.load(path("/load", rest), dialogue);
                remarks.println(dialogue.messages().size() + " messages loaded.");
            }
            case "/result" -> {
                return result(rest);
            }
            case "/exit", "/quit", "/bye" -> {
                return Outcome.END;
            }
            default -> throw new TransomException(words[0] + ": there is no such command. /help lists them.");
        }
        remarks.flush();
        return Outcome.NEXT;
    }

    private void system(String text) {
        if (text.isEmpty()) {
            remarks.println(dialogue.system().map(now -> "System message: " + now).orElse("There is no system message."));
            return;
        }
        dialogue.system(Optional.of(text));
        dialogue.reset();
        remarks.println("The conversation starts anew with this system message.");
    }

    private void set(String rest) {
        if (rest.isEmpty()) {
            settings.all().forEach((name, value) -> remarks.println(name + " " + value));
            return;
        }
        String[] words = rest.split("[\\s=]+");
        if (words.length != 2) {
            throw new TransomException("/set: an option and its value are required; got " + rest + ". Example: /set temperature 0.7");
        }
        settings.set(words[0], words[1]);
    }

    private Outcome result(String text) {
        if (!dialogue.waitsForResult()) {
            throw new TransomException("/result: the model must have called a function; it has not.");
        }
        dialogue.toolResult(text);
        return Outcome.ANSWER;
    }

    private Path path(String command, String rest) {
        if (rest.isEmpty()) {
            throw new TransomException(command + ": a file is required. Example: " + command + " talk.json");
        }
        return session.resolve(Path.of(rest));
    }
}
