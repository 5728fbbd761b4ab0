package dev.transom.app.chat.internal;

import dev.transom.api.TransomException;
import dev.transom.api.application.Session;
import dev.transom.api.chat.ToolCall;
import dev.transom.api.engine.Generation.Finish;
import dev.transom.app.chat.internal.Answerer.Answer;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.Optional;

/** Goes from turn to turn until the input ends. */
final class Conversing {

    private final Session session;
    private final Dialogue dialogue;
    private final Settings settings;
    private final Answerer answerer;
    private final Screen screen;
    private final Commands commands;

    Conversing(Session session, Dialogue dialogue, Settings settings, Answerer answerer, Screen screen) {
        this.session = session;
        this.dialogue = dialogue;
        this.settings = settings;
        this.answerer = answerer;
        this.screen = screen;
        commands = new Commands(session, dialogue, settings, screen.remarks());
    }

    void run() throws InterruptedException {
        screen.onInterrupt(answerer::stop);
        if (session.interactive()) {
            remark("Type /help for what you can do, Ctrl-D or /exit to leave.");
        }
        TurnReader turns = new TurnReader(screen);
        for (Optional<String> turn = turns.next(); turn.isPresent(); turn = turns.next()) {
            if (!turn.get().isEmpty() && !take(turn.get())) {
                return;
            }
        }
    }

    /** Takes one turn; says whether there is to be another. */
    private boolean take(String turn) throws InterruptedException {
        Commands.Outcome outcome;
        try {
            outcome = commands.take(turn);
        } catch (TransomException refusal) {
            remark(refusal.getMessage());
            return true;
        }
        if (outcome == Commands.Outcome.ANSWER) {
            answer();
        }
        return outcome != Commands.Outcome.END;
    }

    private Answer written() throws InterruptedException {
        screen.answering(true);
        try {
            return answerer.answer(dialogue.conversation(), settings, this::print);
        } finally {
            screen.answering(false);
        }
    }

    private void answer() throws InterruptedException {
        try {
            Answer answer = written();
            settings.nextSeed();
            screen.out().println();
            screen.out().flush();
            if (answer.text().isEmpty() && answer.finish() == Finish.CANCELLED) {
                dialogue.takeBack();
            } else {
                dialogue.assistant(answer.text(), answer.calls());
            }
            answer.calls().forEach(this::show);
            ended(answer);
        } catch (TransomException refusal) {
            dialogue.takeBack();
            if (!session.interactive()) {
                throw refusal;
            }
            remark(refusal.getMessage());
        }
    }

    /** Control characters of an answer could move the cursor or change the terminal; they are left out there. */
    private void print(String text) {
        String shown = session.interactive() ? text.replaceAll("[\\p{Cntrl}&&[^\n\t]]", "") : text;
        screen.out().print(shown);
        screen.out().flush();
    }

    private void show(ToolCall call) {
        remark("Calls " + call.name() + ": " + DialogueFile.json(call.arguments()) + " — answer with /result TEXT.");
    }

    private void ended(Answer answer) {
        switch (answer.finish()) {
            case CONTEXT -> remark("The context of " + answerer.context() + " tokens is full, so the answer ends here. Start anew with /reset, "
                + "load more with --context N, or let the model forget with --context-full shift.");
            case LENGTH -> remark("The answer ends after " + answer.tokens() + " tokens"
                + (settings.maxTokens() > 0 ? "; /set max_tokens N changes that." : ", where the context is full."));
            case CANCELLED -> remark("(stopped)");
            default -> { }
        }
        if (settings.stats()) {
            remark(String.format(Locale.ROOT, "%d + %d of %d tokens, first after %.0f ms, %.1f tokens/s", answer.promptTokens(), answer.tokens(),
                answerer.context(), answer.firstSeconds() * 1e3, answer.tokensPerSecond()));
        }
    }

    private void remark(String text) {
        PrintWriter remarks = screen.remarks();
        remarks.println(text);
        remarks.flush();
    }
}
