package dev.transom.app.generate.internal;

import dev.transom.api.engine.Generation;
import dev.transom.api.engine.Generation.Token;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * An answer read to its end.
 *
 * @param tokens  its tokens
 * @param finish  why it ended
 * @param firstNanos time from the request to its first token
 * @param restNanos  time from its first token to its last
 */
record Answer(List<Token> tokens, Generation.Finish finish, long firstNanos, long restNanos) {

    /**
     * Reads a running answer; a caller that stops early, by an interrupt for one, cancels it.
     *
     * @param pieces receives text as it becomes complete
     */
    static Answer read(Generation generation, Consumer<String> pieces) throws InterruptedException {
        long start = System.nanoTime();
        long first = start;
        List<Token> tokens = new ArrayList<>();
        try {
            for (Optional<Token> token = generation.next(); token.isPresent(); token = generation.next()) {
                if (tokens.isEmpty()) {
                    first = System.nanoTime();
                }
                tokens.add(token.get());
                if (!token.get().text().isEmpty()) {
                    pieces.accept(token.get().text());
                }
            }
        } finally {
            generation.cancel();
        }
        return new Answer(List.copyOf(tokens), generation.finish(), first - start, System.nanoTime() - first);
    }

    String text() {
        StringBuilder text = new StringBuilder();
        tokens.forEach(token -> text.append(token.text()));
        return text.toString();
    }

    /** Tokens per second after the first one, which also pays for the prompt; 0 when there was no second. */
    double tokensPerSecond() {
        return tokens.size() < 2 ? 0 : (tokens.size() - 1) / (Math.max(1, restNanos) * 1e-9);
    }
}
