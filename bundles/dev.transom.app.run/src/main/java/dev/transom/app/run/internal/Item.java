package dev.transom.app.run.internal;

import jakarta.json.JsonArray;
import jakarta.json.JsonValue;
import java.util.OptionalInt;
import java.util.OptionalLong;

/** One line of the input (a record, in CSV), numbered from 1. */
sealed interface Item {

    long line();

    JsonValue id();

    /**
     * A line that can be answered.
     *
     * @param id        the line's own id, which its answer repeats; null for none
     * @param text      what is to be answered
     * @param maxTokens the line's own
     * @param seed      the line's own
     */
    record Text(long line, JsonValue id, String text, OptionalInt maxTokens, OptionalLong seed) implements Item {
    }

    /**
     * A line that holds a conversation, which the model's own template turns into text.
     *
     * @param messages  as OpenAI's interface has them
     * @param tools     functions that the model may call; empty for none
     */
    record Chat(long line, JsonValue id, JsonArray messages, JsonArray tools, OptionalInt maxTokens, OptionalLong seed)
            implements Item {
    }

    /** A line that cannot: the sentence. */
    record Bad(long line, JsonValue id, String sentence) implements Item {
    }
}
