package dev.transom.app.run.internal;

import dev.transom.api.TransomException;
import dev.transom.api.architecture.ModelDefinition;
import dev.transom.api.architecture.ModelFacts;
import dev.transom.api.chat.ChatTemplate;
import dev.transom.api.chat.ChatTemplates;
import dev.transom.api.chat.Conversation;
import dev.transom.api.engine.Engine;
import dev.transom.api.engine.EngineOptions;
import dev.transom.api.engine.Engines;
import dev.transom.api.engine.Generation;
import dev.transom.api.model.Models;
import dev.transom.api.model.OpenModel;
import dev.transom.api.task.Embedding;
import dev.transom.api.task.TextGeneration;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.stream.Collectors;

/** A model that answers a text with its letters backwards, one a token, and fails as texts ask it to. */
final class Fakes {

    final List<TextGeneration.Prompt> prompts = new ArrayList<>();
    final List<EngineOptions> opened = new ArrayList<>();
    /** The device is lost after so many answers. */
    int loseAfter = Integer.MAX_VALUE;
    private final TransomException lost = new TransomException("model m: the device is lost. Open the model again.");

    Workers workers() {
        ModelFacts facts = new ModelFacts("fake", "a fake", ModelFacts.Structure.CAUSAL, 1, 1, 9, 100, 0, List.of(), "");
        ModelDefinition definition = answering(ModelDefinition.class, (_, _) -> facts);
        OpenModel model = answering(OpenModel.class, (name, _) -> name.equals("definition") ? definition : null);
        Models models = answering(Models.class, (_, _) -> model);
        Engine engine = answering(Engine.class, (_, _) -> null);
        Engines engines = answering(Engines.class, (name, arguments) -> {
            if (name.equals("estimate")) {
                return Optional.empty();
            }
            opened.add((EngineOptions) arguments[1]);
            return engine;
        });
        TextGeneration generation = answering(TextGeneration.class, (_, arguments) -> generate((TextGeneration.Prompt) arguments[1]));
        ChatTemplate template = answering(ChatTemplate.class, (_, arguments) -> ((Conversation) arguments[0]).messages().stream()
            .map(message -> message.get("role") + ">" + message.get("content")).collect(Collectors.joining("|")));
        Embedding.Embedder embedder = answering(Embedding.Embedder.class, (name, arguments) -> name.equals("embed")
            ? embed((List<?>) arguments[0]) : null);
        return new Workers(models, engines, generation, Optional.of(answering(Embedding.class, (_, _) -> embedder)),
            Optional.of(answering(ChatTemplates.class, (name, _) -> name.equals("of") ? Optional.of(template) : Set.of(7))));
    }

    private Generation generate(TextGeneration.Prompt prompt) {
        prompts.add(prompt);
        if (prompt.text().equals("long")) {
            throw new TransomException("a prompt must fit the context; it does not. Shorten it.");
        }
        if (loseAfter < 0) {
            throw lost;
        }
        return answering(Generation.class, (name, _) -> switch (name) {
            case "all" -> tokens(prompt);
            case "finish" -> Generation.Finish.LENGTH;
            default -> null;
        });
    }

    private List<Generation.Token> tokens(TextGeneration.Prompt prompt) {
        if (--loseAfter < 0) {
            throw lost;
        }
        if (prompt.text().equals("nan")) {
            throw new TransomException("logits must be numbers; they are NaN. Check the weights.");
        }
        return new StringBuilder(prompt.text()).reverse().chars()
            .mapToObj(letter -> new Generation.Token(letter, String.valueOf((char) letter), Float.NaN, List.of())).toList();
    }

    private static List<float[]> embed(List<?> texts) {
        if (texts.contains("long")) {
            throw new TransomException("a text must fit; it does not. Shorten it.");
        }
        return texts.stream().map(text -> new float[] {text.toString().length(), 0.1f}).toList();
    }

    private static <T> T answering(Class<T> type, BiFunction<String, Object[], Object> answers) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type},
            (_, method, arguments) -> answers.apply(method.getName(), arguments)));
    }
}
