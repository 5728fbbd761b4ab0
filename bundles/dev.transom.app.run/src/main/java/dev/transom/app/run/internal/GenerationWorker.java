package dev.transom.app.run.internal;

import dev.transom.api.TransomException;
import dev.transom.api.engine.Engine;
import dev.transom.api.engine.Generation;
import dev.transom.api.engine.Generation.Token;
import dev.transom.api.task.TextGeneration;
import dev.transom.api.task.TextGeneration.Prompt;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.function.Supplier;

/** Continues texts: several times as many as share a step are with the engine, so that a long answer at the head holds nobody up. */
final class GenerationWorker implements Worker {

    private static final int AHEAD = 4;

    private final Engine engine;
    private final TextGeneration task;
    private final StepOptions options;
    private final Chats chats;
    private final int capacity;
    private final ArrayDeque<Running> running = new ArrayDeque<>();

    /** Refuses options that no request could have. */
    GenerationWorker(Engine engine, TextGeneration task, StepOptions options, Chats chats, int rows) {
        this.engine = engine;
        this.task = task;
        this.options = options;
        this.chats = chats;
        this.capacity = rows * AHEAD;
        task.generate(engine, new Prompt("a", 1, options.sampling(), 0, options.stops(), -1)).cancel();
    }

    /** An item with the engine; without a generation it was refused at once, for the reason given. */
    private record Running(Item item, Prompt prompt, Generation generation, String refusal) {
    }

    @Override
    public int capacity() {
        return capacity;
    }

    @Override
    public int pending() {
        return running.size();
    }

    @Override
    public void submit(Item item) {
        running.add(switch (item) {
            case Item.Bad bad -> new Running(item, null, null, bad.sentence());
            case Item.Text text -> start(item, () -> prompt(text, text.text(), text.maxTokens(), text.seed()));
            case Item.Chat chat -> start(item, () -> prompt(chat, chats.render(chat), chat.maxTokens(), chat.seed()).complete()
                .endingAt(chats.stopIds()));
        });
    }

    private Prompt prompt(Item item, String text, OptionalInt maxTokens, OptionalLong seed) {
        return new Prompt(text, maxTokens.orElse(options.maxTokens()), options.sampling(), seed.orElse(options.seed() + item.line()),
            options.stops(), -1).with(options.contextFull());
    }

    private Running start(Item item, Supplier<Prompt> made) {
        try {
            Prompt prompt = made.get();
            return new Running(item, prompt, task.generate(engine, prompt), null);
        } catch (TransomException refused) {
            return new Running(item, null, null, refused.getMessage());
        }
    }

    @Override
    public Done next() throws InterruptedException {
        Running oldest = running.peek();
        if (oldest.generation == null) {
            running.remove();
            return new Done(Answers.failed(oldest.item, oldest.refusal), 0);
        }
        try {
            Done done = done(oldest.item, oldest.generation, oldest.generation.all());
            running.remove();
            return done;
        } catch (TransomException failed) {
            requireWorking(oldest, failed);
            running.remove();
            return new Done(Answers.failed(oldest.item, failed.getMessage()), 0);
        }
    }

    /** An engine that is broken fails every request with one and the same exception: that is not the item's fault, and ends the job. */
    private void requireWorking(Running failedOne, TransomException failed) {
        try {
            task.generate(engine, failedOne.prompt).cancel();
        } catch (TransomException again) {
            if (again == failed) {
                throw failed;
            }
        }
    }

    private static Done done(Item item, Generation generation, List<Token> tokens) {
        StringBuilder text = new StringBuilder();
        tokens.forEach(token -> text.append(token.text()));
        return new Done(Answers.begin(item.line(), item.id()).add("text", text.toString())
            .add("finish", generation.finish().name().toLowerCase(Locale.ROOT)).add("tokens", tokens.size()).build(), tokens.size());
    }

    @Override
    public void close() {
        running.forEach(one -> {
            if (one.generation != null) {
                one.generation.cancel();
            }
        });
        engine.close();
    }
}
