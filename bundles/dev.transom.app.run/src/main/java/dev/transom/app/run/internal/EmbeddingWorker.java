package dev.transom.app.run.internal;

import dev.transom.api.TransomException;
import dev.transom.api.task.Embedding.Embedder;
import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import java.math.BigDecimal;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;

/** Embeds texts, a portion at once. A portion that fails is embedded text by text, so that only the one at fault is reported. */
final class EmbeddingWorker implements Worker {

    private static final int PORTION = 256;

    private final Embedder embedder;
    private final ArrayDeque<Item> waiting = new ArrayDeque<>();
    private final ArrayDeque<Done> done = new ArrayDeque<>();

    EmbeddingWorker(Embedder embedder) {
        this.embedder = embedder;
    }

    @Override
    public int capacity() {
        return PORTION;
    }

    @Override
    public int pending() {
        return waiting.size() + done.size();
    }

    @Override
    public void submit(Item item) {
        waiting.add(item);
    }

    @Override
    public Done next() {
        if (done.isEmpty()) {
            embed(new ArrayList<>(waiting));
            waiting.clear();
        }
        return done.remove();
    }

    private void embed(List<Item> items) {
        List<Item.Text> texts = items.stream().filter(Item.Text.class::isInstance).map(Item.Text.class::cast).toList();
        List<float[]> vectors = texts.isEmpty() ? List.of() : together(texts);
        int next = 0;
        for (Item item : items) {
            done.add(switch (item) {
                case Item.Bad bad -> new Done(Answers.failed(bad, bad.sentence()), 0);
                case Item.Chat chat -> new Done(Answers.failed(chat, "an embedding is made of a text; the line holds messages."), 0);
                case Item.Text text -> vectors == null ? alone(text) : done(text, vectors.get(next++));
            });
        }
    }

    private List<float[]> together(List<Item.Text> texts) {
        try {
            return embedder.embed(texts.stream().map(Item.Text::text).toList());
        } catch (TransomException oneOfThem) {
            return null;
        }
    }

    private Done alone(Item.Text text) {
        try {
            return done(text, embedder.embed(List.of(text.text())).getFirst());
        } catch (TransomException refused) {
            return new Done(Answers.failed(text, refused.getMessage()), 0);
        }
    }

    private static Done done(Item.Text text, float[] vector) {
        JsonArrayBuilder numbers = Json.createArrayBuilder();
        for (float number : vector) {
            numbers.add(new BigDecimal(Float.toString(number)));
        }
        return new Done(Answers.begin(text.line(), text.id()).add("embedding", numbers).build(), 0);
    }

    @Override
    public void close() {
        embedder.close();
    }
}
