package dev.transom.api.engine;

import java.util.List;
import java.util.Optional;
import org.osgi.annotation.versioning.ProviderType;

/** A running request: a stream of tokens. Read by one thread; cancelled from any. */
@ProviderType
public interface Generation {

    /**
     * Waits for the next token.
     *
     * @return the token, or empty when the answer has ended
     * @throws dev.transom.api.TransomException when the model gave NaN, or the device was lost
     * @throws InterruptedException when the waiting thread is interrupted; the request runs on
     */
    Optional<Token> next() throws InterruptedException;

    /** Why it ended; null before. */
    Finish finish();

    /** Ends it soon; what was made so far can still be read. */
    void cancel();

    /** Another request that shares all tokens so far (copy-on-write) and goes on with its own seed. */
    Generation fork(long seed);

    /** Reads all that is left. */
    default List<Token> all() throws InterruptedException {
        List<Token> tokens = new java.util.ArrayList<>();
        for (Optional<Token> token = next(); token.isPresent(); token = next()) {
            tokens.add(token.get());
        }
        return tokens;
    }

    /**
     * A generated token.
     *
     * @param id      its id
     * @param text    text that became complete with it; may be empty, never half a character; empty without a tokenizer
     * @param logProb natural logarithm of its probability before sampling steps; NaN when not asked for
     * @param top     the most likely tokens, best first
     */
    record Token(int id, String text, float logProb, List<Alternative> top) {
    }

    /** One of the most likely tokens. */
    record Alternative(int id, float logProb) {
    }

    /** Why an answer ended. */
    enum Finish {
        STOP_ID, STOP_STRING, LENGTH, CONTEXT, CANCELLED, FAILED
    }
}
