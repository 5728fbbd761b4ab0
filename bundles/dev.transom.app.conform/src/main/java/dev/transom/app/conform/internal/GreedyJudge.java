package dev.transom.app.conform.internal;

import dev.transom.api.backend.PlanOptions.Numerics;
import dev.transom.api.config.Config;
import dev.transom.api.engine.Engine;
import dev.transom.api.engine.EngineOptions;
import dev.transom.api.engine.Engines;
import dev.transom.api.engine.Generation;
import dev.transom.api.engine.GenerationRequest;
import dev.transom.api.model.OpenModel;
import dev.transom.conformance.architecture.Differences;
import dev.transom.conformance.architecture.Judgement;
import dev.transom.conformance.architecture.TensorFile;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

/** Lets the engine answer the prompts of a case, all at once, so that they share steps. */
record GreedyJudge(Engines engines, String backend, Numerics numerics, OpenModel model, TensorFile inputs) {

    private static final String GREEDY = "greedy.";

    void answers(Judgement judgement) {
        List<String> items = judgement.open().stream()
            .filter(name -> name.startsWith(GREEDY) && inputs.has(prompt(name))).toList();
        Config greedy = judgement.json().object("options").flatMap(options -> options.object("greedy")).orElse(null);
        if (items.isEmpty() || greedy == null) {
            return;
        }
        int tokens = greedy.size("max_new_tokens");
        Set<Integer> stops = Set.copyOf(greedy.ids("eos_token_id"));
        int longest = items.stream().mapToInt(item -> inputs.ints(prompt(item)).length).max().orElseThrow();
        EngineOptions engineOptions = new EngineOptions(Optional.of(backend), numerics, 0, longest + tokens, 16, 512);
        try (Engine engine = engines.open(model, engineOptions)) {
            Map<String, Generation> running = new HashMap<>();
            for (String item : items) {
                List<Integer> prompt = IntStream.of(inputs.ints(prompt(item))).boxed().toList();
                running.put(item, engine.submit(GenerationRequest.greedy(prompt, tokens, stops)));
            }
            for (String item : items) {
                int[] expected = judgement.expected().ints(item);
                int[] actual = row(inputs.ints(prompt(item)), running.get(item));
                judgement.compare(item, Differences.count(expected, actual), 0);
            }
        }
    }

    /** Prompt and answer; the id that ended it is its last token, for the engine as for the library. */
    private static int[] row(int[] prompt, Generation generation) {
        try {
            return IntStream.concat(IntStream.of(prompt), generation.all().stream().mapToInt(Generation.Token::id)).toArray();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new java.util.concurrent.CancellationException("interrupted");
        }
    }

    private static String prompt(String item) {
        return "prompt." + item.substring(GREEDY.length());
    }
}
