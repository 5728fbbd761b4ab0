package dev.transom.engine.internal;

import dev.transom.api.tokenizer.IncrementalDecoder;
import dev.transom.api.tokenizer.Tokenizer;
import java.util.List;

/** Turns an answer's ids into text, never half a character, cut before stop strings. Belongs to one thread. */
final class AnswerText {

    /** Tokens of the prompt that the decoder sees first, so that the answer's text continues the prompt's (spaces, characters). */
    private static final int CONTEXT_TOKENS = 32;

    private final IncrementalDecoder decoder;
    private final StopStrings stops;

    AnswerText(Tokenizer tokenizer, List<String> stopStrings, int[] prompt, int length) {
        decoder = tokenizer.decoder(true);
        stops = new StopStrings(stopStrings);
        for (int i = Math.max(0, length - CONTEXT_TOKENS); i < length; i++) {
            decoder.push(prompt[i]);
        }
    }

    /** Whether a stop string has come. */
    boolean stopped() {
        return stops.stopped();
    }

    String push(int id) {
        return stops.push(decoder.push(id));
    }

    /** The text that was still held back. */
    String finish() {
        String rest = stops.push(decoder.finish());
        return rest + stops.finish();
    }
}
