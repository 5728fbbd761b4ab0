package dev.transom.app.chat.internal;

import dev.transom.api.TransomException;
import dev.transom.api.chat.ChatTemplate;
import dev.transom.api.chat.Conversation;
import dev.transom.api.chat.ToolCall;
import dev.transom.api.engine.Engine;
import dev.transom.api.engine.Generation;
import dev.transom.api.engine.Generation.Token;
import dev.transom.api.engine.GenerationRequest.ContextFull;
import dev.transom.api.task.TextGeneration;
import dev.transom.api.task.TextGeneration.Prompt;
import dev.transom.api.tokenizer.EncodeOptions;
import dev.transom.api.tokenizer.SpecialRole;
import dev.transom.api.tokenizer.Tokenizer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Lets the model answer a conversation. */
final class Answerer {

    private final Engine engine;
    private final TextGeneration task;
    private final ChatTemplate template;
    private final Set<Integer> stopIds;
    private final ContextFull contextFull;
    private volatile Generation running;

    Answerer(Engine engine, TextGeneration task, ChatTemplate template, Set<Integer> stopIds, ContextFull contextFull) {
        this.engine = engine;
        this.task = task;
        this.template = template;
        this.stopIds = stopIds;
        this.contextFull = contextFull;
    }

    /**
     * What came of one turn.
     *
     * @param text         the answer
     * @param calls        tool calls inside it
     * @param finish       why it ended
     * @param promptTokens tokens of the conversation before it
     * @param tokens       its tokens
     * @param firstSeconds time to its first token
     * @param restSeconds  time from there to its end
     */
    record Answer(String text, List<ToolCall> calls, Generation.Finish finish, int promptTokens, int tokens, double firstSeconds,
            double restSeconds) {

        /** Tokens per second after the first one; 0 when there was no second. */
        double tokensPerSecond() {
            return tokens < 2 ? 0 : (tokens - 1) / Math.max(restSeconds, 1e-9);
        }
    }

    /** Receives text as it becomes complete. */
    @FunctionalInterface
    interface Pieces {
        void accept(String text);
    }

    int context() {
        return engine.context();
    }

    Answer answer(Conversation conversation, Settings settings, Pieces pieces) throws InterruptedException {
        String text = template.render(conversation);
        int promptTokens = engine.model().tokenizer().encode(text, EncodeOptions.PLAIN).length();
        int room = engine.context() - promptTokens;
        if (room < 1) {
            throw new TransomException("chat: the conversation must fit into the context of " + engine.context() + " tokens with room for an "
                + "answer; it has " + promptTokens + ". Start anew with /reset, or load more with --context N.");
        }
        int most = settings.maxTokens() > 0 ? settings.maxTokens() : contextFull == ContextFull.SHIFT ? engine.context() : room;
        long start = System.nanoTime();
        Generation generation = task.generate(engine, new Prompt(text, most, settings.sampling(), settings.seed(), List.of(), -1)
            .with(contextFull).complete().endingAt(stopIds));
        running = generation;
        try {
            return read(generation, promptTokens, start, pieces);
        } finally {
            running = null;
            generation.cancel();
        }
    }

    private Answer read(Generation generation, int promptTokens, long start, Pieces pieces) throws InterruptedException {
        StringBuilder answer = new StringBuilder();
        int count = 0;
        long first = start;
        for (Optional<Token> token = generation.next(); token.isPresent(); token = generation.next()) {
            if (count++ == 0) {
                first = System.nanoTime();
            }
            if (!token.get().text().isEmpty()) {
                answer.append(token.get().text());
                pieces.accept(token.get().text());
            }
        }
        String text = answer.toString();
        return new Answer(text, template.toolCalls(text), generation.finish(), promptTokens, count, (first - start) * 1e-9,
            (System.nanoTime() - first) * 1e-9);
    }

    /** Ends the running answer, if there is one; from any thread. */
    boolean stop() {
        Generation generation = running;
        if (generation != null) {
            generation.cancel();
        }
        return generation != null;
    }

    /** The model's markers by the names that templates use. */
    static Map<String, Object> tokens(Engine engine) {
        Tokenizer tokenizer = engine.model().tokenizer();
        Map<String, Object> tokens = new LinkedHashMap<>();
        for (SpecialRole role : SpecialRole.values()) {
            tokenizer.special(role).ifPresent(id -> tokens.put(role.key(), tokenizer.token(id)));
        }
        return tokens;
    }
}
